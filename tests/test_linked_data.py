"""What the head of a page says to machines: where it is, how it looks where it is shared, and what it is in the words of schema.org."""

import json
import re
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import assume, given
from rdflib import RDF, SDO, Graph, URIRef

from manifesto_cli.rendering.head import Head, data_block, head_tags
from manifesto_cli.rendering.linked_data import CreativeWork
from support import pages
from support.editions import EXAMPLES, Published, Records, example, projects, publish

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

URL = "https://example.org/repo/"
every_example = pytest.mark.parametrize("name", EXAMPLES)
CONTEXT = {
    "@vocab": str(SDO),
    **{word: {"@type": "@id"} for word in ("url", "image", "sameAs")},
}
"""All of schema.org's own context that concerns us, so that no test asks the web for it."""


def block(published: Published, path: str) -> Any:
    """What a page says in its one data block."""
    (found,) = pages.read(published.files[path]).blocks
    return json.loads(found)


def graph(published: Published, path: str) -> Graph:
    """The same as statements, as a processor of JSON-LD understands it."""
    said = block(published, path)
    assert said["@context"] == "https://schema.org"
    here = urljoin(published.site.url or "https://folder.example/", path)
    return Graph().parse(data=json.dumps({**said, "@context": CONTEXT}), format="json-ld", publicID=here)


def known(found: Graph) -> None:
    """Check that schema.org has every word, that every link is one, and that everything has a type and a name."""
    words = {str(term) for _, term, _ in found if term != RDF.type}
    words |= {str(term) for _, _, term in found.triples((None, RDF.type, None))}
    assert [word for word in words if word.removeprefix(str(SDO)) not in SDO] == []
    for subject in set(found.subjects()):
        assert found.value(subject, RDF.type), subject
        assert found.value(subject, SDO.name), subject
    for word in (SDO.url, SDO.image, SDO.sameAs):
        assert all(isinstance(target, URIRef) for target in found.objects(None, word))


def html_pages(published: Published) -> list[str]:
    """Every page that says something."""
    return [path for path in published.files if path.endswith(".html") and path != "404.html"]


@every_example
@pytest.mark.parametrize("url", [None, URL])
def test_every_page_of_an_example_says_what_it_is(name: str, url: str | None) -> None:
    """In words that schema.org has; and what a page says it is a part of says that of itself."""
    published = example(name, url)
    root = url or "https://folder.example/"
    all_of_it = Graph()
    for path in html_pages(published):
        found = graph(published, path)
        known(found)
        here = URIRef(root if url and path == "index.html" else root + path)
        assert (here, None, None) in found or path == "index.html"
        all_of_it += found
    home = root if url else f"{root}index.html"
    for subject, _, whole in all_of_it.triples((None, SDO.isPartOf, None)):
        assert (whole, SDO.hasPart, subject) in all_of_it or whole == URIRef(f"{home}#manifesto")
    for target in {*all_of_it.objects(None, SDO.hasPart), *all_of_it.objects(None, SDO.mentions)}:
        if (target, RDF.type, SDO.Organization) in all_of_it:
            continue  # it has a site of its own, if any
        assert str(target).removeprefix(root) in published.files


@every_example
def test_a_pledge_names_what_it_rests_on(name: str) -> None:
    """Its sources as citations; the document and the library that it comes from as what it is based on."""
    published = example(name, URL)
    for pledge in published.edition.pledges:
        path = f"pledges/{pledge.id}.html"
        found = graph(published, path)
        here = URIRef(URL + path)
        cited = {str(found.value(work, SDO.name)) for work in found.objects(here, SDO.citation)}
        assert cited == {source.document.title for claim in pledge.evidence for source in claim.sources}
        bases = {str(found.value(work, SDO.name)) for work in found.objects(here, SDO.isBasedOn)}
        expected = {pledge.basis.source.document.title} if pledge.basis else set()
        expected |= {header.title for header in published.edition.libraries if header.id == pledge.library}
        assert bases == expected
        assert str(found.value(here, SDO.inLanguage)) == published.edition.manifesto.language
        assert found.value(here, SDO.author) == URIRef(f"{URL}#candidate")


@every_example
def test_a_deal_names_what_it_rests_on_and_who_takes_part(name: str) -> None:
    """The documents of its claims and of its numbers; the organisations; pledges and case studies, which name it back."""
    published = example(name, URL)
    for cited in published.edition.deals:
        path = f"deals/{cited.id}.html"
        found, here = graph(published, path), URIRef(URL + path)
        names = {
            word: {str(found.value(thing, SDO.name)) for thing in found.objects(here, word)}
            for word in (SDO.citation, SDO.about, SDO.mentions)
        }
        documents = [source for claim in cited.evidence for source in claim.sources]
        documents += cited.cited.values()
        assert names[SDO.citation] == {source.document.title for source in documents}
        parties = {party.organisation for party in cited.deal.parties}
        assert parties <= names[SDO.about] | names[SDO.mentions]
        asked = {ask.of for ask in cited.deal.asks}
        assert names[SDO.about] == {party.organisation for party in cited.deal.parties if party.id in asked}
        (listed,) = block(published, "deals.html")["@graph"]
        assert listed["@type"] == "CollectionPage"
        assert {"@type": "CreativeWork", "@id": str(here), "name": cited.deal.title} in listed["hasPart"]
        rested = [f"pledges/{idea.key.rpartition(':')[2]}.html" for idea in cited.ideas if idea.key]
        rested += [f"case-studies/{key.rpartition(':')[2]}.html" for key in cited.case_studies]
        for other in rested:
            assert (here, URIRef(URL + other)) in {*found.subject_objects(SDO.mentions)}
            back = graph(published, other)
            assert (URIRef(URL + other), SDO.mentions, here) in back


@given(projects())
def test_any_page_says_what_it_is(files: dict[str, Records]) -> None:
    """Whatever texts there are, in whatever language, the block is data and nothing else, and has every word of them."""
    published = publish(files, URL)
    assume(published)
    assert published
    for path in html_pages(published):
        html = published.files[path].decode()
        raw = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        assert not re.search("[<>&\u2028\u2029]", raw)
        assert not pages.read(published.files[path]).unbalanced
        known(graph(published, path))
    person = block(published, "index.html")["@graph"][0]
    assert person["name"] == published.edition.manifesto.candidate.name


HOSTILE = "</script><script>alert(1)</script> <!-- --> ]]> & \u2028\u2029 \" ' \\ {{ x }} &lt;"


def test_a_data_block_cannot_be_left() -> None:
    """No text of it ends the element, begins another, or ends a line of a script."""
    written = data_block(CreativeWork(name=HOSTILE, citation=(CreativeWork(name=HOSTILE),)))
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == {
        "@type": "CreativeWork",
        "name": HOSTILE,
        "citation": [{"@type": "CreativeWork", "name": HOSTILE}],
    }


def test_a_tag_cannot_be_left() -> None:
    """Quotation marks, brackets and line ends stay inside the attribute."""
    tags = head_tags(Head(named={"a": f"{HOSTILE}\n\n\nb"}, properties={"og:title": HOSTILE}))
    page = pages.read(tags.encode())
    assert [tag for tag, _ in page.elements] == ["meta", "meta"]
    assert page.elements[1][1] == {"property": "og:title", "content": " ".join(HOSTILE.split())}


def tags(published: Published, path: str) -> tuple[dict[str, str], dict[str, str]]:
    """The links of a page by what they are, and what it says by property or name."""
    page = pages.read(published.files[path])
    links = {f"{link['rel']} {link.get('type', '')}".strip(): link["href"] for link in page.every("link")}
    said = {
        meta.get("property") or meta.get("name") or "": meta.get("content", "") for meta in page.every("meta")
    }
    return links, said


def test_a_page_says_where_it_is_and_how_it_looks_where_it_is_shared() -> None:
    """Whole addresses where the site's own is known; else what is the same everywhere."""
    path = "pledges/community-payback-panels.html"
    links, said = tags(example("police-commissioner", URL), path)
    assert links["canonical"] == said["og:url"] == URL + path
    assert links["alternate application/atom+xml"] == "../feed.xml"
    assert links["manifest"] == "../site.webmanifest"
    assert links["icon image/svg+xml"] == "../assets/icon.svg"
    assert (said["og:type"], said["og:title"], said["og:locale"]) == (
        "article",
        "Community payback panels",
        "en_GB",
    )
    assert said["og:description"] == said["description"]
    home, of_home = tags(example("police-commissioner", URL), "index.html")
    assert (home["canonical"], of_home["og:type"]) == (URL, "website")
    assert home["alternate application/json"] == "manifesto.json"
    links, said = tags(example("police-commissioner", None), path)
    assert links.keys() == {"icon image/svg+xml", "stylesheet"}
    assert said["og:title"] == "Community payback panels"


@pytest.mark.parametrize("url", [None, URL])
def test_the_page_for_wrong_addresses_is_nothing(url: str | None) -> None:
    """It is not to be found, kept or shared."""
    published = example("mayor", url)
    links, said = tags(published, "404.html")
    assert links.keys() == {"icon image/svg+xml", "stylesheet"}
    assert said["robots"] == "noindex"
    assert not any(name.startswith("og:") for name in said)
    assert pages.read(published.files["404.html"]).blocks == []


def test_the_candidates_picture_is_shown_where_a_page_is_shared() -> None:
    """By its whole address, with its description; not without one, since networks do not know relative addresses."""
    files: dict[str, Records] = {
        "manifesto.yaml": {
            "format": "1",
            "title": "A plan",
            "language": "ar",
            "candidate": {"name": "Robin", "photo": {"file": "media/hall.jpg", "alt": 'A "hall"'}},
            "office": {"role": "pcc"},
            "imprint": {"jurisdiction": "none"},
        }
    }
    there, here = publish(files, URL), publish(files, None)
    assert there
    assert here
    _, said = tags(there, "index.html")
    assert (said["og:image"], said["og:image:alt"]) == (f"{URL}media/hall.jpg", 'A "hall"')
    assert "og:locale" not in said
    assert block(there, "index.html")["@graph"][0]["image"] == f"{URL}media/hall.jpg"
    assert "og:image" not in tags(here, "index.html")[1]
    assert there.json("site.webmanifest")["dir"] == "rtl"


@every_example
def test_the_web_app_manifest_names_what_is_there(name: str) -> None:
    """Its addresses are relative to itself, so a site can be kept from wherever it is."""
    published = example(name, URL)
    manifest = published.json("site.webmanifest")
    assert manifest["start_url"] in published.files
    assert manifest["scope"] == "./"
    assert [icon["src"] for icon in manifest["icons"] if icon["src"] not in published.files] == []


def test_the_icon_has_the_colour_that_was_chosen() -> None:
    """A style sheet cannot reach into it."""
    chosen = str(example("police-commissioner", URL).edition.manifesto.site.options["accent"])
    icons = {name: example(name, URL).files["assets/icon.svg"].decode() for name in EXAMPLES}
    assert f'fill="{chosen}"' in icons["police-commissioner"]
    assert 'fill="#02646d"' in icons["minimal"]
    assert not any(
        word in icon for icon in icons.values() for word in ("<style", "<script", "style=", "href")
    )
