package io.guildhall.projections.view.job;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.job.JobStatus;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Every job as it stands, for the list of open ones and for its client's own. */
public final class JobView implements View {
    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Job.AGGREGATE, JobView::apply));
    }

    private static void apply(Connection connection, Recorded<JobEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case JobEvent.Posted e -> post(connection, recorded, e);
            case JobEvent.Published e ->
                change(connection, recorded, "status = ?, published_at = ?", JobStatus.OPEN, e.at());
            case JobEvent.Edited e -> edit(connection, recorded, e.details());
            case JobEvent.ProposalReceived _ -> change(connection, recorded, "proposals = proposals + 1");
            case JobEvent.FillingStarted e ->
                change(connection, recorded, "status = ?, contract_id = ?", JobStatus.FILLING, e.contractId());
            case JobEvent.FillingAbandoned _ ->
                change(connection, recorded, "status = ?, contract_id = NULL", JobStatus.OPEN);
            case JobEvent.Hired e ->
                change(connection, recorded, "status = ?, contract_id = ?", JobStatus.HIRED, e.contractId());
            case JobEvent.Closed _ -> change(connection, recorded, "status = ?", JobStatus.CLOSED);
            case JobEvent.Completed _ -> change(connection, recorded, "status = ?", JobStatus.COMPLETED);
            case JobEvent.Cancelled _ -> change(connection, recorded, "status = ?", JobStatus.CANCELLED);
        }
    }

    private static void post(Connection connection, Recorded<JobEvent> recorded, JobEvent.Posted e)
            throws SQLException {
        var details = e.details();
        Sql.update(
                connection,
                """
                INSERT INTO job (id, client_id, title, description, category, skills, category_key, skill_keys, pay, budget_min, budget_max,
                                 currency, status, revision, proposals, posted_at, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'DRAFT', 1, 0, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """,
                recorded.entityId(),
                e.clientId(),
                details.title(),
                details.description(),
                details.category(),
                Sql.texts(details.skills()),
                key(details.category()),
                keys(details),
                details.pay(),
                details.budgetMin().amount(),
                details.budgetMax().amount(),
                details.budgetMax().currency(),
                e.at(),
                recorded.sequence());
    }

    private static void edit(Connection connection, Recorded<JobEvent> recorded, JobDetails details)
            throws SQLException {
        change(
                connection,
                recorded,
                """
                title = ?, description = ?, category = ?, skills = ?, category_key = ?, skill_keys = ?, pay = ?,
                budget_min = ?, budget_max = ?, currency = ?, revision = revision + 1
                """,
                details.title(),
                details.description(),
                details.category(),
                Sql.texts(details.skills()),
                key(details.category()),
                keys(details),
                details.pay(),
                details.budgetMin().amount(),
                details.budgetMax().amount(),
                details.budgetMax().currency());
    }

    private static void change(Connection connection, Recorded<JobEvent> recorded, String what, Object... values)
            throws SQLException {
        Sql.change(connection, "job", recorded, what, values);
    }

    /** How a category or a skill is looked for. */
    public static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static Object keys(JobDetails details) {
        return Sql.texts(details.skills().stream().map(JobView::key).toList());
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE job");
    }
}
