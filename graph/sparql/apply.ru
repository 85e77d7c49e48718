# title: Apply the staged change
# Removes and writes named graphs and catalogue entries in one step, as the plan graph says; the staging graphs vanish.
# The store fills the staging graphs beforehand, so that nothing is ever written into this text.
PREFIX plan: <https://w3id.org/alliancegraph/catalogue/plan#>
DELETE { GRAPH ?graph { ?s ?p ?o } }
WHERE {
  GRAPH <https://w3id.org/alliancegraph/catalogue/plan> { ?plan plan:removes ?graph }
  GRAPH ?graph { ?s ?p ?o }
} ;
DELETE { GRAPH <https://w3id.org/alliancegraph/catalogue> { ?entry ?p ?o } }
WHERE {
  GRAPH <https://w3id.org/alliancegraph/catalogue/plan> { ?plan plan:forgets ?entry }
  GRAPH <https://w3id.org/alliancegraph/catalogue> { ?entry ?p ?o }
} ;
INSERT { GRAPH ?graph { ?s ?p ?o } }
WHERE {
  GRAPH <https://w3id.org/alliancegraph/catalogue/plan> { ?plan plan:writes ?graph }
  GRAPH <https://w3id.org/alliancegraph/catalogue/staged> { ?s ?p ?o }
} ;
INSERT { GRAPH <https://w3id.org/alliancegraph/catalogue> { ?s ?p ?o } }
WHERE { GRAPH <https://w3id.org/alliancegraph/catalogue/entry> { ?s ?p ?o } } ;
DROP SILENT GRAPH <https://w3id.org/alliancegraph/catalogue/staged> ;
DROP SILENT GRAPH <https://w3id.org/alliancegraph/catalogue/entry> ;
DROP SILENT GRAPH <https://w3id.org/alliancegraph/catalogue/plan>
