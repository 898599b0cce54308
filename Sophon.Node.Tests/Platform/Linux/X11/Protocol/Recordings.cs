using System.IO.Compression;

namespace Sophon.Node.Tests.Platform.Linux.X11.Protocol;

/// <summary>Messages of a real server (Xvfb 21.1.7, layouts us,de,ru), gzipped.</summary>
static class Recordings
{
    /// <summary>The accepting answer to a connection, 1280x800x24.</summary>
    public static byte[] Setup => Unpack("""
        H4sIAAAAAAACA3XaZXhWVQAH8PuyYAPRqaiz4B12YTcqBtiigootCgLGphPsbnJ0N4zuHN05uru7u+H13cYev+x3n3uf/3l+5zzn3M//e0NB0SAIKiZmZGZFs2wQiZQMglAQFI+OQvFB
        EA4nRKITQaUa1cKVS1dIrx4un1Y7tWqVWjXTUkOhcM5UEJuQlwnnMikpL5PDeRk+l8XiouNoRiK5WwZlgvQgiAvHlAtlR48MBSlBztHJ8clBjVDOfEru3jlvE8m/c69S0SeuAK8TU/D6
        uvB68PrwBvCG8Ax4I3hjeBN4U3gzeHN4C3hLeCt4a3gbeFt4O3h7eAd4R3gneGd4F3hXeDd4Jrw7vAe8J7wXvDe8D7wvvB+8P3wAfCB8EHwwfAh8KHwYfDh8BDwLPhI+Cj4aPgY+Fj4O
        Ph4+AT4RPgk+GT4FPhU+DT4dPgM+Ez4Lng2fDZ8DnwufB58PXwBfCF8EXwxfAl8KXwZfDl8BXwlfBV8NXwNfC18HXw/fAN8I3wTfDN8C3wrfBt8O3wHfCd8F3w3fA98L3wffDz8APwg/
        BD8MPwI/Cj8GPw4/AT8JPwU/DT8DPwuPwIPYgj0ELwSPgcfC4+Dx8MLwBHgivAi8KPw8eDH4+fAL4EnwC+EXwS+GF4dfAr8Ufhk8GX45/Ar4lfCr4FfDS8BLwsPwFHgp+DXwa+HXwa+H
        3wC/EX4T/Gb4LfBb4bfBS8Nvh98BvxN+F/xu+D3we+H3we+HPwB/EP4Q/GF4mdiC+41H4I/CH4OXhT8OfwL+JPwpeDl4efjT8Gfgz8Kfgz8PfwH+IvwleAX4y/BX4K/CK8IrwV+Dvw5/
        A14Z/ib8Lfjb8Hfg78Lfg78P/wBeBf4h/CN4VXg1+Mfw6vAa8JrwT+Cfwj+Dfw5PhafBv4B/CU+HfwWvBa8N/xr+Dfxb+Hfw7+E/wH+E/wT/Gf4L/Ff4b/Df4X/A/4T/Bf8b/g/8X3gd
        eF14PXh9eAN4Q3gGvBG8MbwJvCm8Gbw5vAW8JbwVvDW8DbwtvB28PbwDvCO8E7wzvAu8K7wbPBPeHd4D3hPeC94b3gfeF94P3h8+AD4QPgg+GD4EPhQ+DD4cPgKeBR8JHwUfDR8DHwsf
        Bx8PnwCfCJ8EnwyfAp8KnwafDp8BnwmfBc+Gz4bPgc+Fz4PPhy+AL4Qvgi+GL4EvhS+DL4evgK+Er4Kvhq+Br4Wvg6+Hb4BvhG+Cb4ZvgW+Fb4Nvh++A74Tvgu+G74HvhYf+r5vzetv8
        /jO/hwtK5PUR+M9jH/qR/fAD8IPwQ/DD8CPwo/Bj8OPwE/CT8FPw0/Az8LPwCDyIw/cDeCF4DDwWHgePhxeGJ8AT4UXgReH/AR7Miz9UJQAA
        """);

    /// <summary>The reply to XkbGetMap: types, symbols and modifier map.</summary>
    public static byte[] KeyboardMap => Unpack("""
        H4sIAAAAAAACA8VYB5BUNRhOXt7b3VtPvYPDis4JUhTkBOwirtjBgoUiRURFQewVxHKAZcYZFUSw6yiWAREpgqIgKEWxYu8dRcSCHQV2/ZKX7H67m0N0nDEz3+X7knxp70/e25NKibqk
        QErlkDVtmuql1oh8Sq3ZvCCkBv4EUueaCQG7CIKCloEMdF4NadpVSeOrQLHRFdI0yGRsPxmZ0e3D0OpQhvFoGaP1qKaBqM3rWj0xYftLYZx4qvn6lNFVeV2Fv9dHCRGFsjDP+kDogeRI
        ZQaUlWEY2PUJyq9NhiKFPZBKqLi8eJ35fkYHqqi/USoweRia9chkaHZZRlFk8gQmpPOrEqaBvDaRNPnVycjk1yQTOh+J3vQel887kLZeppKiwXUJrcyDi8yDkPUJEep8ZFLqfLSCf9MN
        rKt0PXadpf2KIAp8/ctRycDkoxNK5+NUJFNN5b+er6wK4+rqyHQgx+C56nxsUpq8Ou5ZjglEpPOxSppcyfj5jQrsOlS8jiA08xYqUma8UQk736SZr2wUmjCSjSNl8psSgRlnXFKZvDF6
        1u1uCgIzzjilIinKkpQb1g2ljfX9b/vq4uW/3tdG6Nnsq7L7Gvyn+7qxyZyPzeRGnI+S9TdwPvL7UXZOivenNOk7Ngj+Xuv7IlQN3wdYjwgT//y8x75/sw/+dYxFVOkbUVbHj8y9J8rm
        reON+9dxZ+9zs856WXQfykpl7vHy+aq/mW+Qn2/pvto4ENEG7lkZhHH/DdwzZr287269pf2MUfbcBWadxbEtxbY55DVSqLBStEfZDlTv9BzgXtJ5v/V1MG/XQtK6GTADWJgu6FJfR/Dm
        VK71Q8BMYKLV0xLlvt3AdySf03OB+63e1zPe7uAtqNzpecCitCird749wE+kcq1bAlOAxelY7+Px7WnbuaR1HTACWJKO9f5Fvhrj2wt8ZyrXujXQF1iaFvn6ebVC8nh723Yuab0T0B+Y
        bnVrzzx3te1c0no/4HK9/1ZzvdwGvmhzsQv4gJKY+sSuqR8wH7h7eyF97dzYepw2VH5MVojuQF+gX1aU1ZsYxyFK5YSB0xXgtWgfbBGYfs/TfZHPaR2n7+HcvYC4+oZiy/kuAe9FPqev
        xPHSsbkQni88vkHgB5PP6Sm1Md6C51eP73zwY8nn9GxgKvAiPKvY1yT2XQh+PPmcnovbYgqwGJ4vPeMNBz+BfJcCfYC1+Mh9APkr8Hzv8V0E3oN8TmfhWwc8B88Kj28I+OHkc3o9PHNw
        w30Az1rP+s4BP5p8TuvfEu8CH8Gz3uM7F7w7+ZxGaIiPgffh+ZPvFDvPvvZcurQO+FA/exh7A8/D83XRXRT7+ttz4lIbezavAB7V5wGeXKL83t00V+Bf5ArzH4iyA6it01/pO0MDfX3l
        WfcF4MeRz2kdt/oMvgfPHx7fqeAHkc/p1cAy4B14fvc819PADyGf06txICcjfwaezzzjnQ5+KPmcno+YnQcsg2e1xzcY/DDyOT0dMXQv8Do8P3nmeQZ4V/I5fRKeaU/gVXh+8PiGgncj
        n9P3qfhOfwmebz3zPBP8CPI5PRP7MhFYBM9yT/ztW/IO+Q14W5/VbDzXt+H5zeNrVfJuXa7fZfoOgacP8CE86zxxe5KNUZd0e33Xd8A7pSMwEZ6Znrj9jL4X9B1/GdXrd7mez2t4R/XI
        xu+AOlG+t+7OccndSU/pPcDYr2HcHz3PZBh4b/I5/bB+t8H3MTxZj+8U8APJ5/R9wCTgDXh+9vguBu9JPqezWN964GV4vvP4TgbvQj6nX4dnGbAUnpUe39ngR5HP6TfS8Z6+Cc8vHt9Z
        4EeSz+lZwJP6voRnjScG2oJ3Il9b+930uD73wLPwfO7xtQPvTL52NnZb4hn8jnwBPJ96vtvqSr533HfBZKxtUjrup63nG/VzxFxl/L8OMRmcsUM2VeW+AVZCr6B7tZb6+JL6eBqcIdGH
        q5sPzQiobgE0Q1HdM9CMkOqehWZEVLcQmpGgukXQjCTVLYZmpKhuCTSjguqeg2akUef26Erauxq9Pruv48EfJ30L+BOkbwefQ/v7CDijOcZwbSdAP0beu8Bnkb4VfDb19TA4oxn1dSf0
        dPLeBj6D9B3gM0nfDT5Na6WEChLiHvCpgM6nUG7OFn6OqqwwcKnGxnEnG//67nvQniGnB2fjO4/vRbeW59E3YxN6LkuhGZX2ufA5aEnPpwXx5sRbEW+WKz9L11P9ctrnR8EZtRi/wu7b
        QOgm9ltb/wr9BvzrXPHe6P7S1Hd34scS70H8GOLHEe9F/HjiPYmfQjznWWejXCGuq4k3Jr4z8XnUn/6tlLBrb4zyoVTXNVeIv6k2flxde+K7eea0iuq/JX468SHETyN+bi7Kz3UQlZ9H
        5b1oPUOJn0V8MHl7U/kZVD6IyrfLlcdhHdW3Id6f+AiP7zqqP4B4F+LtiPchvgvxC3N8ZxX41sR3Jd6ReEvirTxzbEv1zLfMFd4zNeDtqW4LqmsCzr6mxDsTP9sz9kiq34r4BcR7lvjY
        P4zaDSfemtrsRHwwteFY43kcTPwQ4ocSP4z44Z51zaD6ScSnEZ/u8V1Bv+91WlmiV5ToVSX6u6L3WWEsfnYHEj+IeDfiD3n2v7TPWzzzH+i5A24kz2yPh2P4BuLbEh9AvBPxE4nv4emb
        7xZFbQPiHYifQDwkniAeec685ucTH0P8EuJ9iY8jfjPx8cQneNbUjL5fmhNPku+XqgL/lfhj1GYWeIuwg+wsM6kuwZFV/eqHhGemrs5ck3mx/uXUK5lXM0L8BWFfB2PcHAAA
        """);

    static byte[] Unpack(string text)
    {
        using var packed = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }
}
