"""What it takes to make a picture of a page and to look into it."""

import base64
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page

# Keeps what is written on canvases that are not in the page, with its colour and place.
_LISTEN = """() => {
  window.written = [];
  const proto = CanvasRenderingContext2D.prototype;
  const { fillText } = proto;
  proto.fillText = function (text, x, y) {
    if (!this.canvas.isConnected && this.canvas.width > 500) {
      window.written.push({ text, x, y, colour: this.fillStyle, high: this.canvas.height });
    }
    return fillText.call(this, text, x, y);
  };
}"""


def save_picture(page: Page, path: Path) -> list[dict[str, Any]]:
    """Saves the picture as a reader does; gives what was written on it, a line each."""
    page.evaluate(_LISTEN)
    if not page.locator("#im-panel-share").is_visible():
        page.locator(".im-open-share").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Picture (PNG)").click()
    download.value.save_as(path)
    page.locator(".im-open-share").click()
    written: list[dict[str, Any]] = page.evaluate("window.written")
    return written


def text_of(written: list[dict[str, Any]]) -> str:
    """All that is written on a picture, as one line without marks of direction."""
    text = " ".join(line["text"] for line in written)
    return " ".join(text.replace("\u2068", "").replace("\u2069", "").split())


def read_picture(page: Page, path: Path) -> Any:
    """The pixels of a picture, red, green and blue, read by another page of the browser."""
    reader = page.context.new_page()
    reader.goto("about:blank")
    height, width, text = reader.evaluate(
        """async (data) => {
          const bitmap = await createImageBitmap(new Blob([new Uint8Array(data)]));
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          const context = canvas.getContext('2d');
          context.drawImage(bitmap, 0, 0);
          const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
          let text = '';
          for (let at = 0; at < pixels.length; at += 8192) {
            text += String.fromCharCode(...pixels.subarray(at, at + 8192));
          }
          return [bitmap.height, bitmap.width, btoa(text)];
        }""",
        list(path.read_bytes()),
    )
    reader.close()
    data = np.frombuffer(base64.b64decode(text), np.uint8)
    return data.reshape(height, width, 4)[:, :, :3]
