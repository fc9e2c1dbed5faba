"""Makes the installable app's icons again from the drawn one: `python -m journeys.icons`."""

from pathlib import Path

from journeys import browsing

FOLDER = Path(__file__).resolve().parent.parent / "evenhand" / "web" / "static" / "web"
# File, its width, and the drawing's share of it; a mask may cut off what is outside the middle.
ICONS = (("icon-192", 192, 100), ("icon-512", 512, 100), ("icon-maskable-512", 512, 72))
GROUND = "#0d5357"


def main() -> None:
    """Every icon, into the folder of static files."""
    drawing = (FOLDER / "icon.svg").read_text()
    with browsing.chromium() as browser:
        for name, width, share in ICONS:
            page = browser.new_page(viewport={"width": width, "height": width})
            ground = "transparent" if share == 100 else GROUND
            style = f"margin:0;height:100vh;display:grid;place-items:center;background:{ground}"
            page.set_content(f'<body style="{style}">{drawing}</body>')
            page.evaluate(f"document.querySelector('svg').style.width = '{share}%'")
            page.screenshot(path=FOLDER / f"{name}.png", omit_background=True)
            page.close()


if __name__ == "__main__":
    main()
