function jpage(unit, o) {
  var box = document.getElementById(unit), pages = Math.ceil(o.openTotal / o.perPage), query = [];
  for (var key in o.ajaxParam) query.push(key + "=" + encodeURIComponent(o.ajaxParam[key]));
  function show(xml) {
    var records = xml.match(/<record><!\[CDATA\[[\s\S]*?\]\]><\/record>/g) || [];
    box.innerHTML = "<ul>" + records.map(function (r) { return r.replace(/<record><!\[CDATA\[|\]\]><\/record>/g, ""); }).join("") + "</ul>";
    var bar = document.createElement("div");
    bar.className = "bar";
    for (var n = 1; n <= pages; n++) bar.appendChild(door(n));
    box.appendChild(bar);
  }
  function door(n) {
    var a = document.createElement("a");
    a.href = "javascript:void(0)";
    a.textContent = " " + n + " ";
    a.onclick = function () {
      var start = (n - 1) * o.perPage + 1, request = new XMLHttpRequest();
      request.open("POST", o.proxyUrl + "?startrecord=" + start + "&endrecord=" + n * o.perPage + "&perpage=" + o.perPage);
      request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
      request.onload = function () { show(request.responseText); };
      request.send(query.join("&"));
    };
    return a;
  }
  show(box.getElementsByTagName("script")[0].textContent);
}
