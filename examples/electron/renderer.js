// The page: plain JavaScript for a browser, which reaches Rust through the preload script alone.
const list = document.getElementById('list');

document.getElementById('call').addEventListener('click', async () => {
  try {
    list.textContent = JSON.stringify(await window.rust.test('World', JSON.parse(list.textContent)));
  } catch (error) {
    list.textContent = String(error);
  }
});
