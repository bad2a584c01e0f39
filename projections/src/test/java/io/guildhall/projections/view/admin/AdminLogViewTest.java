package io.guildhall.projections.view.admin;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.AccountScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsCommand.RecordFinished;
import io.guildhall.domain.dataexport.DataExportsCommand.RequestExport;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.admin.AdminLog;
import io.guildhall.projections.readmodel.admin.AdminLogEntry;
import io.guildhall.projections.readmodel.admin.AdminLogEntry.Action;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log of what was done with accounts, which the database protects. */
class AdminLogViewTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final AdminLog LOG = FIXTURE.readModel.adminLog();
    private static final AdminLog.Filter ALL = filter("", "", Optional.empty());

    @BeforeAll
    static void play() {
        var story = new EventStory();
        execute(story, "acc_ann", open("acc_ann", "ann@example.org", "Ann"), logIn(0, "a browser"));
        execute(story, "acc_bob", open("acc_bob", "bob@example.org", "Bob"));
        execute(story, "acc_bob", new GrantAdmin("operator", "First admin"), new RevokeAdmin("acc_root", "Left"));
        execute(
                story,
                "acc_ann",
                new GrantPremium("acc_root", "Won a prize"),
                new GrantPremium("acc_root", "Again"),
                new EndPremium("acc_root", "The year has ended"),
                new Suspend("acc_root", "Spam"),
                new LiftSuspension("acc_bob", "It was no spam"));
        story.execute(DataExports.AGGREGATE, "acc_ann", new RequestExport("acc_ann", "exp_1"))
                .execute(DataExports.AGGREGATE, "acc_ann", new RecordFinished("acc_ann", "exp_1"));
        FIXTURE.apply(story.events());
        FIXTURE.apply(story.events());
    }

    private static AdminLog.Filter filter(String account, String by, Optional<Action> action) {
        return new AdminLog.Filter(
                Optional.of(account).filter(it -> !it.isEmpty()),
                Optional.of(by).filter(it -> !it.isEmpty()),
                action,
                Optional.empty(),
                Optional.empty());
    }

    private static List<AdminLogEntry> list(AdminLog.Filter filter) {
        return result(LOG.list(filter, firstPage(50))).items();
    }

    private static List<String> told(AdminLog.Filter filter) {
        return list(filter).stream()
                .map(it -> it.accountId() + " " + it.action() + " by " + it.by()
                        + it.reason().map(reason -> ": " + reason).orElse(""))
                .toList();
    }

    @Test
    void hasWhoDidWhatAndWhyNewestFirstAndOnce() {
        assertThat(told(ALL))
                .containsExactly(
                        "acc_ann DATA_EXPORT_REQUESTED by acc_ann",
                        "acc_ann SUSPENSION_LIFTED by acc_bob: It was no spam",
                        "acc_ann SUSPENDED by acc_root: Spam",
                        "acc_ann PREMIUM_ENDED by acc_root: The year has ended",
                        "acc_ann PREMIUM_GRANTED by acc_root: Won a prize",
                        "acc_bob ADMIN_REVOKED by acc_root: Left",
                        "acc_bob ADMIN_GRANTED by operator: First admin");
        assertThat(list(ALL).stream().map(AdminLogEntry::action)).containsAll(EnumSet.allOf(Action.class));
    }

    @Test
    void isFilteredByAccountAdminActionAndTime() {
        assertThat(told(filter("acc_bob", "", Optional.empty()))).hasSize(2);
        assertThat(told(filter("", "operator", Optional.empty())))
                .containsExactly("acc_bob ADMIN_GRANTED by operator: First admin");
        assertThat(told(filter("acc_ann", "acc_root", Optional.of(Action.SUSPENDED))))
                .containsExactly("acc_ann SUSPENDED by acc_root: Spam");
        var all = list(ALL);
        Instant from = all.get(4).at();
        Instant until = all.get(1).at();
        assertThat(list(new AdminLog.Filter(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(from), Optional.of(until))))
                .containsExactlyElementsOf(all.subList(2, 5));
    }

    @Test
    void isPaged() {
        var all = new ArrayList<AdminLogEntry>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = result(LOG.list(ALL, new Page.Request(3, cursor)));
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(all).isEqualTo(list(ALL));
    }

    @Test
    void entriesCannotBeChangedOrDeleted() {
        for (var change : List.of(
                "UPDATE admin_log SET by_id = 'acc_other'",
                "UPDATE admin_log SET reason = 'Another reason'",
                "UPDATE admin_log SET reason = NULL, action = 'SUSPENDED'",
                "DELETE FROM admin_log",
                "TRUNCATE admin_log"))
            assertThatThrownBy(() -> FIXTURE.transaction(it -> Sql.update(it, change)))
                    .as(change)
                    .hasMessageContaining("never changed or deleted");
        assertThat(new AdminLogView().isRebuildable()).isFalse();
    }

    @Test
    void reasonIsErasedWithItsAccount() {
        var fixture = new ViewFixture();
        var story = new EventStory();
        execute(story, "acc_eve", open("acc_eve", "eve@example.org", "Eve"), new Suspend("acc_root", "Eve's secret"));
        fixture.apply(story.events());
        fixture.transaction(it -> Sql.update(it, "UPDATE admin_log SET reason = NULL WHERE account_id = 'acc_eve'"));
        assertThat(result(fixture.readModel.adminLog().list(ALL, firstPage(5))).items())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.by()).isEqualTo("acc_root");
                    assertThat(it.reason()).isEmpty();
                });
    }
}
