/* Boxes that find as one types say what they hold and not what they are: give them the label of their field. */
(() => {
  "use strict";
  const $ = window.django?.jQuery;
  if (!$) return; // a page without such boxes

  function labelOf(select) {
    const label = select.labels[0];
    if (label) label.id ||= `${select.id}_label`;
    return label ? label.id : "";
  }

  // "Remove all" would be one slip from losing everybody who is named, and stands where no list may hold it.
  for (const select of document.querySelectorAll("select.admin-autocomplete[multiple]")) select.dataset.allowClear = "false";

  $(() => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = labelOf(select);
      const box = select.nextElementSibling;
      if (!label || !box) continue;
      for (const part of box.querySelectorAll(".select2-selection[role=combobox], .select2-search__field")) {
        part.setAttribute("aria-labelledby", `${label} ${part.getAttribute("aria-labelledby") || ""}`.trim());
      }
      // What is chosen stands in the box as text. It is no box of its own, least of all an empty one without a name.
      for (const chosen of box.querySelectorAll(".select2-selection__rendered[role=textbox]")) {
        chosen.removeAttribute("role");
        chosen.removeAttribute("aria-readonly");
      }
    }
  });

  $(document).on("select2:open", (event) => {
    const search = document.querySelector(".select2-container--open .select2-dropdown .select2-search__field");
    if (search) search.setAttribute("aria-labelledby", labelOf(event.target));
  });
})();
