// The script of the page: plain JavaScript for a browser, which can call Rust only through the preload script.
const list = document.getElementById('list');

document.getElementById('add').addEventListener('click', async () => {
  const total = document.getElementById('total');
  try {
    total.textContent = String(await window.rust.add(JSON.parse(list.textContent)));
  } catch (error) {
    total.textContent = String(error);
  }
});

document.getElementById('call').addEventListener('click', async () => {
  try {
    list.textContent = JSON.stringify(await window.rust.test('World', JSON.parse(list.textContent)));
  } catch (error) {
    list.textContent = String(error);
  }
});
