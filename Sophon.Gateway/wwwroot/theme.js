// Runs before the page is painted, so that a dark page never flashes white.
(() => {
  const key = "sophon-theme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const read = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const remember = theme => { try { localStorage.setItem(key, theme); } catch { /* private mode: for this page only */ } };

  const chosen = read();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  document.addEventListener("click", event => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    const shown = root.dataset.theme ?? (dark.matches ? "dark" : "light");
    root.dataset.theme = shown === "dark" ? "light" : "dark";
    remember(root.dataset.theme);
  });
})();
