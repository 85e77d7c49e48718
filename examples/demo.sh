#!/bin/sh
# From articles to a graph, three answers, a Turtle file and a page: demo.sh [OUTPUT_FOLDER]
# Needs the command alliancegraph on the PATH; reads the articles beside this file.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
out=${1:-out/demo}
mkdir -p "$out"

ask() {
    printf '\n%s\n' "$1"
    shift
    alliancegraph query "$@" --store "$out/store"
}

printf 'Reading the articles; the first time takes some seconds\n'
alliancegraph build "$here" --store "$out/store" > /dev/null
ask 'What was taken from the articles:' coverage-by-document
ask 'Who takes which side on the relations of two states?' actors-by-issue --param issue=bilateral-relations
ask 'Who speaks for whom?' who-speaks-for-whom
ask 'What happened in 2008, and who took part?' events-by-date --param start=2008 --param end=2008

alliancegraph export "$out/graph.ttl" --store "$out/store"
alliancegraph view --output "$out/graph.html" --store "$out/store"
printf '\nThe graph as Turtle:      %s\nThe interactive page:     %s\n' "$out/graph.ttl" "$out/graph.html"
