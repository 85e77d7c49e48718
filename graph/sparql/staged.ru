# title: Apply a change that was staged
# Drops graphs, removes and adds triples as the plan of one change says, in one operation. What is staged has predicates
# of its own, so that no question finds it meanwhile. ?plan is the IRI of the plan.
PREFIX plan: <https://w3id.org/alliancegraph/catalogue/changes#>
DELETE { GRAPH ?old { ?subject ?predicate ?object } }
INSERT { GRAPH ?new { ?subject ?predicate ?object } }
WHERE {
  {
    GRAPH <https://w3id.org/alliancegraph/catalogue/changes> { ?plan plan:drops ?old }
    GRAPH ?old { ?subject ?predicate ?object }
  } UNION {
    GRAPH <https://w3id.org/alliancegraph/catalogue/changes> { ?plan plan:deletes ?staged . ?staged plan:from ?old }
    GRAPH ?staged { ?subject ?kept ?object }
    BIND(IRI(STRAFTER(STR(?kept), "changes/as/")) AS ?predicate)
  } UNION {
    GRAPH <https://w3id.org/alliancegraph/catalogue/changes> { ?plan plan:inserts ?staged . ?staged plan:into ?new }
    GRAPH ?staged { ?subject ?kept ?object }
    BIND(IRI(STRAFTER(STR(?kept), "changes/as/")) AS ?predicate)
  }
}
