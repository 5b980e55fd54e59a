-- Written by `python -m app.services.database.snapshot`: do not edit.

PRAGMA application_id = 1229804100;

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE cases (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number TEXT NOT NULL, 
	file_sha256 TEXT NOT NULL, 
	file_name TEXT NOT NULL, 
	status TEXT NOT NULL, 
	doubts INTEGER NOT NULL, 
	issues INTEGER NOT NULL, 
	outcome TEXT, 
	layout TEXT NOT NULL, 
	pages INTEGER NOT NULL, 
	priority TEXT NOT NULL, 
	date_assigned DATE, 
	date_of_injury DATE, 
	decision_date DATE, 
	ur_denial_date DATE, 
	application_received DATE, 
	imported_at TEXT NOT NULL, 
	opened_at TEXT, 
	changed_at TEXT NOT NULL, 
	undo_position INTEGER NOT NULL, 
	journal_length INTEGER NOT NULL, 
	journal_hash TEXT NOT NULL, errors INTEGER DEFAULT '0' NOT NULL, done_at TEXT, removed_at TEXT, 
	CONSTRAINT ck_cases_status_known CHECK (status IN ('new', 'in work', 'checked', 'exported')), 
	CONSTRAINT uq_cases_file_sha256 UNIQUE (file_sha256)
);

CREATE INDEX ix_cases_number ON cases (number);

CREATE TABLE letters (
	case_id INTEGER NOT NULL, 
	letter TEXT NOT NULL, 
	CONSTRAINT pk_letters PRIMARY KEY (case_id), 
	CONSTRAINT fk_letters_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE views (
	case_id INTEGER NOT NULL, 
	"view" TEXT NOT NULL, 
	CONSTRAINT pk_views PRIMARY KEY (case_id), 
	CONSTRAINT fk_views_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE journal (
	case_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	label TEXT NOT NULL, 
	field TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	letter_hash TEXT NOT NULL, 
	previous_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_journal PRIMARY KEY (case_id, seq), 
	CONSTRAINT fk_journal_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE undo_steps (
	case_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_undo_steps PRIMARY KEY (case_id, position), 
	CONSTRAINT fk_undo_steps_case_id_journal FOREIGN KEY(case_id, seq) REFERENCES journal (case_id, seq) ON DELETE CASCADE, 
	CONSTRAINT fk_undo_steps_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE drafts (
	case_id INTEGER NOT NULL, 
	field TEXT NOT NULL, 
	text TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_drafts PRIMARY KEY (case_id, field), 
	CONSTRAINT fk_drafts_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE confirmations (
	case_id INTEGER NOT NULL, 
	field TEXT NOT NULL, 
	value TEXT NOT NULL, 
	at TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_confirmations PRIMARY KEY (case_id, field), 
	CONSTRAINT fk_confirmations_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE postponed (
	case_id INTEGER NOT NULL, 
	field TEXT NOT NULL, 
	note TEXT NOT NULL, 
	at TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_postponed PRIMARY KEY (case_id, field), 
	CONSTRAINT fk_postponed_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE dismissals (
	id INTEGER NOT NULL, 
	case_id INTEGER, 
	finding TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	at TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	CONSTRAINT pk_dismissals PRIMARY KEY (id), 
	CONSTRAINT ck_dismissals_scope_known CHECK (scope IN ('one', 'alike', 'always')), 
	CONSTRAINT ck_dismissals_case_by_scope CHECK ((case_id IS NULL) = (scope = 'always')), 
	CONSTRAINT fk_dismissals_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_dismissals_case_id ON dismissals (case_id);

CREATE TABLE settings (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY ("key")
);

CREATE TABLE library_entries (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	match_key TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	source TEXT NOT NULL, 
	title TEXT NOT NULL, 
	edition TEXT NOT NULL, 
	words_title TEXT NOT NULL, 
	words_names TEXT NOT NULL, 
	words_topics TEXT NOT NULL, 
	words_notes TEXT NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	merged_into INTEGER, 
	changed_at TEXT NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_library_entries PRIMARY KEY (id), 
	CONSTRAINT uq_library_entries_key UNIQUE ("key"), 
	CONSTRAINT fk_library_entries_merged_into_library_entries FOREIGN KEY(merged_into) REFERENCES library_entries (id)
);

CREATE INDEX ix_library_entries_match_key ON library_entries (match_key);

CREATE VIRTUAL TABLE library_search USING fts5(words_title, words_names, words_topics, words_notes, content='library_entries', content_rowid='id', detail=column, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE library_words USING fts5vocab('library_search', 'row');

CREATE TRIGGER library_search_insert AFTER INSERT ON library_entries BEGIN INSERT INTO library_search (rowid, words_title, words_names, words_topics, words_notes) VALUES (new.id, new.words_title, new.words_names, new.words_topics, new.words_notes); END;

CREATE TRIGGER library_search_delete AFTER DELETE ON library_entries BEGIN INSERT INTO library_search (library_search, rowid, words_title, words_names, words_topics, words_notes) VALUES ('delete', old.id, old.words_title, old.words_names, old.words_topics, old.words_notes); END;

CREATE TRIGGER library_search_update AFTER UPDATE OF words_title, words_names, words_topics, words_notes ON library_entries BEGIN INSERT INTO library_search (library_search, rowid, words_title, words_names, words_topics, words_notes) VALUES ('delete', old.id, old.words_title, old.words_names, old.words_topics, old.words_notes); INSERT INTO library_search (rowid, words_title, words_names, words_topics, words_notes) VALUES (new.id, new.words_title, new.words_names, new.words_topics, new.words_notes); END;

CREATE TABLE library_changes (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	label TEXT NOT NULL, 
	undone BOOLEAN NOT NULL, 
	CONSTRAINT pk_library_changes PRIMARY KEY (id)
);

CREATE TABLE library_steps (
	change_id INTEGER NOT NULL, 
	entry_id INTEGER NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	CONSTRAINT pk_library_steps PRIMARY KEY (change_id, entry_id), 
	CONSTRAINT fk_library_steps_change_id_library_changes FOREIGN KEY(change_id) REFERENCES library_changes (id) ON DELETE CASCADE, 
	CONSTRAINT fk_library_steps_entry_id_library_entries FOREIGN KEY(entry_id) REFERENCES library_entries (id)
);

CREATE INDEX ix_library_steps_entry_id ON library_steps (entry_id);

CREATE TABLE library_uses (
	id INTEGER NOT NULL, 
	entry_id INTEGER NOT NULL, 
	case_key TEXT NOT NULL, 
	treatment TEXT NOT NULL, 
	outcome TEXT, 
	used_at TEXT NOT NULL, 
	CONSTRAINT pk_library_uses PRIMARY KEY (id), 
	CONSTRAINT uq_library_uses_entry_id UNIQUE (entry_id, case_key, treatment), 
	CONSTRAINT fk_library_uses_entry_id_library_entries FOREIGN KEY(entry_id) REFERENCES library_entries (id)
);

CREATE INDEX ix_library_uses_treatment ON library_uses (treatment);

CREATE INDEX ix_library_uses_used_at ON library_uses (used_at);

CREATE TABLE library_starter (
	id INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	CONSTRAINT pk_library_starter PRIMARY KEY (id)
);

CREATE TABLE "parses" (
	case_id INTEGER NOT NULL, 
	result BLOB NOT NULL, 
	CONSTRAINT pk_parses PRIMARY KEY (case_id), 
	CONSTRAINT fk_parses_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE library_facts (
	"key" TEXT NOT NULL, 
	body TEXT NOT NULL, 
	taken_at TEXT NOT NULL, 
	CONSTRAINT pk_library_facts PRIMARY KEY ("key")
);

CREATE TABLE recognised_pages (
	case_id INTEGER NOT NULL, 
	page INTEGER NOT NULL, 
	words BLOB NOT NULL, 
	CONSTRAINT pk_recognised_pages PRIMARY KEY (case_id, page), 
	CONSTRAINT fk_recognised_pages_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE case_files (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_id INTEGER NOT NULL, 
	file_sha256 TEXT NOT NULL, 
	file_name TEXT NOT NULL, 
	pages INTEGER NOT NULL, 
	problem TEXT NOT NULL, 
	is_read BOOLEAN NOT NULL, 
	added_at TEXT NOT NULL, 
	CONSTRAINT uq_case_files_case_id UNIQUE (case_id, file_sha256), 
	CONSTRAINT fk_case_files_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE case_documents (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	first_page INTEGER NOT NULL, 
	last_page INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	provider TEXT NOT NULL, 
	first_date DATE, 
	last_date DATE, 
	copy_of INTEGER, 
	is_listed BOOLEAN NOT NULL, 
	corrected TEXT NOT NULL, 
	CONSTRAINT fk_case_documents_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_case_documents_file_id_case_files FOREIGN KEY(file_id) REFERENCES case_files (id) ON DELETE CASCADE
);

CREATE INDEX ix_case_documents_case_id ON case_documents (case_id);

CREATE TABLE case_pages (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	page INTEGER NOT NULL, 
	has_text BOOLEAN NOT NULL, 
	text BLOB NOT NULL, 
	CONSTRAINT pk_case_pages PRIMARY KEY (id), 
	CONSTRAINT uq_case_pages_file_id UNIQUE (file_id, page), 
	CONSTRAINT fk_case_pages_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_case_pages_file_id_case_files FOREIGN KEY(file_id) REFERENCES case_files (id) ON DELETE CASCADE
);

CREATE INDEX ix_case_pages_case_id ON case_pages (case_id);

CREATE TABLE case_quotations (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	page INTEGER NOT NULL, 
	boxes TEXT NOT NULL, 
	field TEXT NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_case_quotations PRIMARY KEY (id), 
	CONSTRAINT fk_case_quotations_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE, 
	CONSTRAINT fk_case_quotations_file_id_case_files FOREIGN KEY(file_id) REFERENCES case_files (id) ON DELETE CASCADE
);

CREATE INDEX ix_case_quotations_case_id ON case_quotations (case_id);

CREATE VIRTUAL TABLE case_words USING fts5(case_key, words, content='', tokenize='unicode61 remove_diacritics 2');

CREATE TABLE archive_items (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	issue_id INTEGER, 
	title TEXT NOT NULL, 
	request TEXT NOT NULL, 
	ur_guideline TEXT NOT NULL, 
	guideline TEXT NOT NULL, 
	rationale TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	facts TEXT NOT NULL, 
	CONSTRAINT pk_archive_items PRIMARY KEY (id), 
	CONSTRAINT fk_archive_items_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_archive_items_case_id ON archive_items (case_id);

CREATE TABLE archive_values (
	id INTEGER NOT NULL, 
	facet TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_archive_values PRIMARY KEY (id), 
	CONSTRAINT uq_archive_values_facet UNIQUE (facet, value)
);

CREATE TABLE archive_due (
	case_id INTEGER NOT NULL, 
	CONSTRAINT pk_archive_due PRIMARY KEY (case_id), 
	CONSTRAINT fk_archive_due_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE archive_state (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	changes INTEGER NOT NULL, 
	CONSTRAINT pk_archive_state PRIMARY KEY (id)
);

CREATE VIRTUAL TABLE archive_words USING fts5(title, request, ur_guideline, guideline, rationale, summary, facts, content='archive_items', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE archive_terms USING fts5vocab('archive_words', 'row');

CREATE TRIGGER archive_item_added AFTER INSERT ON archive_items BEGIN INSERT INTO archive_words (rowid, title, request, ur_guideline, guideline, rationale, summary, facts) VALUES (new.id, new.title, new.request, new.ur_guideline, new.guideline, new.rationale, new.summary, new.facts); END;

CREATE TRIGGER archive_item_removed AFTER DELETE ON archive_items BEGIN INSERT INTO archive_words (archive_words, rowid, title, request, ur_guideline, guideline, rationale, summary, facts) VALUES ('delete', old.id, old.title, old.request, old.ur_guideline, old.guideline, old.rationale, old.summary, old.facts); END;

CREATE TRIGGER archive_letter_added AFTER INSERT ON letters BEGIN INSERT OR IGNORE INTO archive_due (case_id) VALUES (new.case_id); END;

CREATE TRIGGER archive_letter_changed AFTER UPDATE ON letters BEGIN INSERT OR IGNORE INTO archive_due (case_id) VALUES (new.case_id); END;

CREATE TRIGGER archive_letter_listed AFTER UPDATE OF removed_at ON cases BEGIN INSERT OR IGNORE INTO archive_due (case_id) VALUES (new.id); END;

INSERT INTO alembic_version (version_num) VALUES ('0008');
