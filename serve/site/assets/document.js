// A statement that stands on another part of a long text has a page of its own: an address that names it leads there.
(function () {
  "use strict";
  var article = document.querySelector("article[data-path]");
  var name = decodeURIComponent(location.hash.slice(1));
  if (/^(position|relation|discussion|event)-/.test(name) && !document.getElementById(name)) {
    location.replace(article.dataset.path + "/" + encodeURIComponent(name));
  }
})();
