"""What the pages ask of the database, as SQL with names; rows come back as dictionaries."""

from __future__ import annotations

import sqlite3
from typing import Any

Row = dict[str, Any]

STATUS_NOW = """
    (select e.status from status_events e
      where e.recommendation = r.id and e.aspect = 'implementation'
      order by e.date desc, e.at desc, e.rowid desc limit 1)
"""
"""The latest known implementation status of recommendation ``r``, whoever it is addressed to."""

DOCUMENT = """
select d.id, d.title, d.doctype, d.sender, a.name as sender_name, a.aliases as sender_aliases,
       d.date, d.dnr, d.their_dnr, d.language, d.pages, d.sha256, d.source, d.url, d.remitted,
       d.remitted_number, d.section_numbers, d.answers, answered.title as answers_title,
       d.text_layer, d.facts
  from documents d
  left join actors a on a.id = d.sender
  left join documents answered on answered.id = d.answers
 where d.id = :id
"""

DOCUMENTS = """
select d.id, d.title, d.doctype, d.date, d.pages, a.name as sender_name
  from documents d left join actors a on a.id = d.sender
 order by d.date desc nulls last, d.title
"""

ANSWERED_BY = """
select d.id, d.title, d.date, a.name as sender_name
  from documents d left join actors a on a.id = d.sender
 where d.answers = :id order by d.date, d.title
"""

PAGES = "select page, width, height, text, ocr from pages where document = :id order by page"

SECTIONS = """
select id, parent, number, heading, level, page from sections
 where document = :id order by position
"""

TARGETED = """
select target_section as sections, count(*) as rows from recommendations
 where target_document = :id and kind = 'position' and withdrawn = 0
   and target_section is not null group by target_section
"""
"""How many positions speak of each section of a document, or of the same sections together."""

EVIDENCE_FOR = """
select r.id, r.title, r.kind, d.title as document_title, d.date, count(*) as passages,
       max(e.score) as score
  from blocks b join evidence e on e.block = b.id
  join recommendations r on r.id = e.recommendation
  join documents d on d.id = r.document
 where b.document = :id and r.withdrawn = 0
 group by r.id order by score desc, r.id limit :limit
"""
"""What a document's passages bear on, the nearest first."""

BLOCKS = """
select id, kind, level, number, section, text, page, boxes, calls, cells from blocks
 where document = :id order by position
"""

RECOMMENDATIONS = f"""
select r.id, r.kind, r.title, r.text, r.heading, r.page, r.boxes, r.anchor, r.stance,
       r.target_section, r.withdrawn, {STATUS_NOW} as status,
       (select v.verdict from reviews v where v.subject_id = r.id
         order by v.at desc, v.rowid desc limit 1) as verdict
  from recommendations r where r.document = :id order by r.withdrawn, r.position, r.id
"""

VARIANTS_OF_DOCUMENT = """
select v.recommendation, v.text, v.role, v.page, v.boxes
  from variants v join recommendations r on r.id = v.recommendation
 where r.document = :id and r.withdrawn = 0 order by v.id
"""

CITATIONS = """
select c.normalized, c.kind, min(c.page) as page, count(*) as times, c.target_document,
       d.title as target_title
  from citations c left join documents d on d.id = c.target_document
 where c.document = :id group by c.normalized order by c.normalized
"""

PROBLEMS = "select kind, message, page from problems where document = :id order by page, id"

RECOMMENDATION = f"""
select r.id, r.document, d.title as document_title, d.date as document_date,
       d.dnr as document_dnr, d.doctype, d.sha256, d.url, sender.name as sender_name, r.kind,
       r.position, r.title, r.text,
       r.heading, r.page, r.boxes, r.anchor, r.level, r.modality, r.actor, actor.name as actor_name,
       actor.aliases as actor_aliases, r.stance, r.target_section, r.target_document,
       target.title as target_title, aimed.heading as target_heading, aimed.page as target_page,
       aimed.id as target_place, body.id as body_place,
       r.deadline, r.confidence, r.withdrawn, r.body,
       body.heading as body_heading, body.page as body_page, {STATUS_NOW} as status
  from recommendations r
  join documents d on d.id = r.document
  left join actors actor on actor.id = r.actor
  left join actors sender on sender.id = d.sender
  left join documents target on target.id = r.target_document
  left join sections body on body.id = r.body_section
  left join sections aimed on aimed.id = (
    select s.id from sections s
     where s.document = r.target_document
       and s.number = substr(r.target_section, 1, instr(r.target_section || ',', ',') - 1)
     order by s.position limit 1)
 where r.id = :id
"""

NEIGHBOURS = """
select
  (select id from recommendations where document = :document and withdrawn = 0
     and position < :position order by position desc limit 1) as previous,
  (select id from recommendations where document = :document and withdrawn = 0
     and position > :position order by position limit 1) as next
"""

VARIANTS = """
select text, role, page, boxes from variants where recommendation = :id order by id
"""

ADDRESSEES = """
select ad.id, ad.named, ad.actor, a.name as actor_name, a.aliases,
       (select e.status from status_events e
         where e.recommendation = ad.recommendation and e.aspect = 'implementation'
           and (e.addressee is null or e.addressee in (ad.id, ad.actor, ad.named, a.name))
         order by e.date desc, e.at desc, e.rowid desc limit 1) as status
  from addressees ad left join actors a on a.id = ad.actor
 where ad.recommendation = :id order by ad.id
"""

_LINKS = """
select l.id as link, l.relation, l.verdict as answer, l.score, l.rank, l.why, r.id, r.kind, r.title,
       r.text, r.page, r.stance, r.withdrawn, d.id as document,
       d.title as document_title, d.date, d.doctype,
       coalesce(actor.name, sender.name) as actor_name
  from links l
  join recommendations r on r.id = case when l.source = :id then l.target else l.source end
  join documents d on d.id = r.document
  left join actors actor on actor.id = r.actor
  left join actors sender on sender.id = d.sender
 where (l.source = :id or l.target = :id)"""

LINKED = f"""
{_LINKS} and l.relation <> 'near'
 order by d.date, d.id, r.position
"""

NEAR = f"""
{_LINKS} and l.relation = 'near'
 order by l.score desc, r.id
"""

EVIDENCE = """
select e.id as link, e.bearing, e.score, e.why, b.id as block, b.text, b.page,
       d.id as document, d.title as document_title, d.date, d.doctype, sender.name as actor_name
  from evidence e
  join blocks b on b.id = e.block
  join documents d on d.id = b.document
  left join actors sender on sender.id = d.sender
 where e.recommendation = :id
 order by d.date, d.id, b.page, b.position
"""

STATUS_EVENTS = """
select e.id, e.addressee, coalesce(a.name, named.named, e.addressee) as addressee_name, e.aspect,
       e.status, e.date, e.source_document, d.title as source_title, e.source_page, e.quote,
       e.note, e.by, e.at
  from status_events e
  left join addressees named on named.id = e.addressee
  left join actors a on a.id = coalesce(named.actor, e.addressee)
  left join documents d on d.id = e.source_document
 where e.recommendation = :id order by e.date, e.at
"""

REVIEWS_OF = """
select subject, subject_id, verdict, field, value, note, by, at from reviews
 where subject_id in (select value from json_each(:ids)) order by at, rowid
"""

STATE = f"""
select d.id, d.title, d.date, status, count(*) as rows from (
  select r.document, coalesce({STATUS_NOW}, 'unknown') as status from recommendations r
   where r.kind in ('measure', 'recommendation') and r.withdrawn = 0
) join documents d on d.id = document
 group by d.id, status order by d.date desc nulls last, d.title
"""

STANCES = """
select stance, count(*) as rows from recommendations
 where kind = 'position' and withdrawn = 0 and stance is not null group by stance
"""

KIND_COUNTS = """
select kind, count(*) as rows from recommendations where withdrawn = 0 group by kind
"""

LAST_RUN = """
select id, started, finished, documents_read from runs where command = 'build'
 order by id desc limit 1
"""

READ_IN_RUN = "select id, title from documents where run = :run order by title"

PROBLEM_COUNT = "select count(*) as rows from problems"

LAST_DECISIONS = """
select * from (
  select 'review' as kind, v.verdict as value, v.by, v.at, r.id, r.title
    from reviews v join recommendations r on r.id = v.subject_id
  union all
  select 'status', e.status, e.by, e.at, r.id, r.title
    from status_events e join recommendations r on r.id = e.recommendation
) order by at desc limit :limit
"""

DOCUMENT_HEADS = """
select d.id, d.title, d.doctype, d.date, a.name as sender_name
  from documents d left join actors a on a.id = d.sender
 where d.id in (select value from json_each(:ids))
"""

ACTOR_NAMES = "select id, name from actors where id in (select value from json_each(:ids))"

PAGE_FILE = """
select f.path, f.sha256 from files f
  join pages p on p.document = f.document and p.page = :page where f.document = :id
"""

FILE_OF = "select path, sha256 from files where document = :id"


def rows(connection: sqlite3.Connection, sql: str, **parameters: object) -> list[Row]:
    """Return all rows of a query, however many."""
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor]


def row(connection: sqlite3.Connection, sql: str, **parameters: object) -> Row | None:
    """Return the first row of a query, or None."""
    return next(iter(rows(connection, sql, **parameters)), None)
