function createPageHTML(count, current, name, ext) {
  if (count <= 1) return;
  function address(n) { return n === 0 ? name + "." + ext : name + "_" + n + "." + ext; }
  document.write("共" + count + "页 ");
  for (var n = 0; n < count; n++) {
    document.write(n === current ? "<b>" + (n + 1) + "</b>" : '<a href="' + address(n) + '">' + (n + 1) + "</a>");
  }
  if (current + 1 < count) document.write('<a href="' + address(current + 1) + '">下一页</a>');
}
