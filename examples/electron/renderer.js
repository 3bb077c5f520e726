// The script of the page: plain JavaScript for a browser, which can call Rust only through the preload script.
const list = document.getElementById('list');

document.getElementById('call').addEventListener('click', async () => {
  try {
    list.textContent = JSON.stringify(await window.rust.test('World', JSON.parse(list.textContent)));
  } catch (error) {
    list.textContent = String(error);
  }
});
