package io.guildhall.projections.view.job;

import static io.guildhall.projections.store.Field.amount;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.embedded;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TEXTS;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.domain.job.JobDetails.Pay;
import io.guildhall.kernel.SearchKey;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.job.JobStatus;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.VersionedTable;

/** The table {@code job}. A new attribute of a job is one line here. */
final class JobColumns {
    static final RecordColumns<JobDetails> DETAILS = RecordColumns.of(
                    JobDetails.class,
                    column("title", TEXT, JobDetails::title),
                    column("description", TEXT, JobDetails::description),
                    column("category", TEXT, JobDetails::category),
                    column("skills", TEXTS, JobDetails::skills),
                    column("pay", enumOf(Pay.class), JobDetails::pay),
                    amount("budget_min", JobDetails::budgetMin),
                    amount("budget_max", JobDetails::budgetMax),
                    optional("experience_level", enumOf(ExperienceLevel.class), JobDetails::experienceLevel))
            .with(
                    column("currency", TEXT, it -> it.budgetMax().currency()),
                    column("category_key", TEXT, it -> SearchKey.from(it.category())),
                    column("skill_keys", TEXTS, it -> SearchKey.from(it.skills())));

    static final RecordColumns<JobRow> ROW = RecordColumns.of(
            JobRow.class,
            column("id", TEXT, JobRow::id),
            column("client_id", TEXT, JobRow::clientId),
            embedded(DETAILS, JobRow::details),
            column("status", enumOf(JobStatus.class), JobRow::status),
            column("revision", BIGINT, JobRow::revision),
            column("proposals", INTEGER, JobRow::proposals),
            column("posted_at", TIMESTAMP, JobRow::postedAt),
            column("changed_at", TIMESTAMP, JobRow::changedAt),
            optional("published_at", TIMESTAMP, JobRow::publishedAt),
            optional("contract_id", TEXT, JobRow::contractId));

    static final VersionedTable<JobRow> TABLE = new VersionedTable<>("job", ROW);

    private JobColumns() {}
}
