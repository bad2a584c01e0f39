package io.guildhall.projections.notify;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contact.ContactsEvent;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsEvent;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.export.Export;
import io.guildhall.domain.export.ExportEvent;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.mailaddress.MailAddress;
import io.guildhall.domain.mailaddress.MailAddressEvent;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.proposal.ProposalEvent;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.savedsearch.SavedSearchesEvent;
import io.guildhall.domain.savedsearch.SearchCriteria;
import io.guildhall.domain.webhook.DisableReason;
import io.guildhall.domain.webhook.Webhooks;
import io.guildhall.domain.webhook.WebhooksEvent;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.notification.Link;
import io.guildhall.projections.readmodel.notification.Link.Kind;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.RefundScenario;
import io.guildhall.projections.view.ViewFixture;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotificationMatrixTest {
    private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");

    private final ViewFixture fixture = new ViewFixture();

    /** Kind and detail of an account's notifications, oldest first. */
    private List<String> kinds(String accountId) {
        return rows(accountId).reversed().stream()
                .map(it -> it.kind() + " " + it.detail())
                .toList();
    }

    /** Every notification that an account was shown, newest first. */
    private List<NotificationRow> rows(String accountId) {
        return entries(accountId).stream()
                .flatMap(it ->
                        result(fixture.readModel.notifications().ofEntry(accountId, it.id(), firstPage(100)))
                                .items()
                                .stream())
                .sorted(comparing(NotificationRow::id).reversed())
                .toList();
    }

    private List<NotificationRow> entries(String accountId) {
        return result(fixture.readModel.notifications().ofAccount(accountId, firstPage(100)))
                .items();
    }

    @Test
    void notifiesOfRefundsSplitsAndSilence() {
        fixture.apply(RefundScenario.addAll(new EventStory(), "Why").events());
        assertThat(kinds(CLIENT).stream().filter(it -> !it.startsWith("ESCROW_FUNDED")))
                .containsExactlyInAnyOrder(
                        "WORK_SUBMITTED Why",
                        "REFUND_DECLINED Why",
                        "REFUND_OFFERED 3.00 USD: Why",
                        "MONEY_DECIDED 4.00 USD to the client, 6.00 USD to the freelancer including the fee: Why",
                        "MONEY_REFUNDED You get 4.00 USD back.",
                        "REFUND_SILENCE_WARNING This happens in 3 days.",
                        "WORK_SUBMITTED Why",
                        "ACCEPTANCE_SILENCE_WARNING This happens in 7 days.",
                        "ACCEPTANCE_SILENCE_WARNING This happens in 3 days.",
                        "ACCEPTANCE_SILENCE_WARNING This happens in 1 day.",
                        "WORK_ACCEPTED_BY_SILENCE ",
                        "WORK_SUBMITTED Why",
                        "MONEY_DECIDED 4.00 USD to the client, 6.00 USD to the freelancer including the fee: Why",
                        "REFUNDED_OUTSIDE 4.00 USD: Why",
                        "MONEY_DECIDED 4.00 USD to the client, 6.00 USD to the freelancer including the fee: Why",
                        "MONEY_REFUNDED You get 4.00 USD back.",
                        "MONEY_DECIDED 10.00 USD to the client, 0.00 USD to the freelancer including the fee: Why",
                        "MONEY_REFUNDED You get 6.00 USD back.",
                        "CONTRACT_CANCELLED Why");
        assertThat(kinds(ANN).stream().filter(it -> !it.startsWith("ESCROW_FUNDED")))
                .containsExactlyInAnyOrder(
                        "REFUND_REQUESTED 3.00 USD: Why",
                        "REFUND_REQUESTED 3.00 USD: Why",
                        "REFUND_WITHDRAWN ",
                        "MONEY_DECIDED 4.00 USD to the client, 6.00 USD to the freelancer including the fee: Why",
                        "PART_PAID You get 5.70 USD: 6.00 USD less the fee of 0.30 USD.",
                        "REFUND_REQUESTED 3.00 USD: Why",
                        "REFUND_SILENCE_WARNING This happens in 3 days.",
                        "ACCEPTANCE_SILENCE_WARNING This happens in 7 days.",
                        "ACCEPTANCE_SILENCE_WARNING This happens in 3 days.",
                        "ACCEPTANCE_SILENCE_WARNING This happens in 1 day.",
                        "WORK_ACCEPTED_BY_SILENCE ",
                        "MILESTONE_PAID You get 9.50 USD: 10.00 USD less the fee of 0.50 USD.",
                        "PAYOUT_FAILED The payment provider refused it (rejected).",
                        "MONEY_DECIDED 4.00 USD to the client, 6.00 USD to the freelancer including the fee: Why",
                        "PAID_OUTSIDE 5.70 USD: Why",
                        "PART_PAID You get 5.70 USD: 6.00 USD less the fee of 0.30 USD.",
                        "MONEY_DECIDED 4.00 USD to the client, 6.00 USD to the freelancer including the fee: Why",
                        "PAYOUT_FAILED The payment provider refused it (rejected).",
                        "MONEY_DECIDED 10.00 USD to the client, 0.00 USD to the freelancer including the fee: Why",
                        "CONTRACT_CANCELLED Why");
    }

    @Test
    void notifiesEachUserOfTheEventsThatConcernThem() {
        var story = hireAndPay("A job", "Here it is");
        revealReviews(story);
        fixture.apply(story.events());
        assertThat(kinds(CLIENT))
                .containsExactly(
                        "PROPOSAL_RECEIVED ",
                        "PROPOSAL_RECEIVED ",
                        // Carl's, and Carl's again.
                        "PROPOSAL_RECEIVED ",
                        "PROPOSAL_RECEIVED ",
                        "HIRE_REFUSED The freelancer has revised the proposal. Read it again.",
                        "FUNDING_DECLINED The card was declined. Use another card.",
                        "FUNDING_NEEDS_YOU ",
                        "ESCROW_FUNDED 100.01 USD will be released when you accept the work. The freelancer can start.",
                        "WORK_SUBMITTED Here it is",
                        "WORK_SUBMITTED Bluer",
                        "ESCROW_FUNDED 0.09 USD will be released when you accept the work. The freelancer can start.",
                        "WORK_SUBMITTED Here it is",
                        "REVIEW_DUE ",
                        "REVIEW_REVEALED ");
        assertThat(kinds(ANN))
                .containsExactly(
                        "PROPOSAL_ACCEPTED ",
                        "ESCROW_FUNDED You can start the work. You will get 95.01 USD: 100.01 USD less the fee of 5.00 USD.",
                        "CHANGES_REQUESTED More blue",
                        // One notification for two failures.
                        "PAYOUT_FAILED The payment provider refused it (account-restricted).",
                        "MILESTONE_PAID You get 95.01 USD: 100.01 USD less the fee of 5.00 USD.",
                        "ESCROW_FUNDED You can start the work. You will get 0.09 USD.",
                        "MILESTONE_PAID You get 0.09 USD.",
                        "REVIEW_DUE ",
                        "REVIEW_REVEALED ");
        assertThat(kinds(BOB)).containsExactly("PROPOSAL_DECLINED Another freelancer was hired.");
        assertThat(kinds("acc_stranger")).isEmpty();
    }

    @Test
    void hasTextAndLinks() {
        fixture.apply(hireAndPay("100 % of A job", "Here it is").events());
        var declined = rows(BOB).getFirst();
        assertThat(declined.text()).isEqualTo("Your proposal for “100 % of A job” was declined.");
        assertThat(declined.links()).containsExactly(Kind.JOB.link(JOB), Kind.PROPOSAL.link(Proposal.id(JOB, BOB)));
        var paid = rows(ANN).stream()
                .filter(it -> it.kind().equals("MILESTONE_PAID"))
                .findFirst()
                .orElseThrow();
        assertThat(paid.text()).isEqualTo("Your work on “Final” was accepted and paid.");
        assertThat(paid.links()).containsExactly(Kind.CONTRACT.link(CONTRACT), Kind.MILESTONE.link("2"));
        assertThat(paid.id()).startsWith("ntf_").hasSize(30);
    }

    @Test
    void notifiesOfEveryProposalOnce() {
        var story = new EventStory();
        for (int i = 1; i <= 100; i++) {
            var freelancer = "acc_f" + i;
            var submit = new ProposalCommand.Submit(freelancer, JOB, CLIENT, "A job", true, terms("Letter"));
            story.execute(Proposal.AGGREGATE, Proposal.id(JOB, freelancer), submit);
        }
        fixture.apply(story.events());
        fixture.apply(story.events());
        assertThat(rows(CLIENT)).hasSize(100).allMatch(it -> it.kind().equals("PROPOSAL_RECEIVED"));
        assertThat(rows(CLIENT).getFirst().text()).isEqualTo("There is a new proposal for “A job”.");
        assertThat(entries(CLIENT)).singleElement().satisfies(it -> {
            assertThat(it.text()).isEqualTo("100 new proposals for “A job”.");
            assertThat(it.count()).isEqualTo(100);
            assertThat(it.id()).isEqualTo(rows(CLIENT).getLast().id());
            assertThat(it.newestId()).isEqualTo(rows(CLIENT).getFirst().id());
        });
    }

    @Test
    void notifiesOfAWithdrawnProposalThatIsSubmittedAgain() {
        var ann = Proposal.id(JOB, ANN);
        var submit = new ProposalCommand.Submit(ANN, JOB, CLIENT, "A job", true, terms("Letter"));
        var story = new EventStory()
                .execute(Proposal.AGGREGATE, ann, submit)
                .execute(Proposal.AGGREGATE, ann, new ProposalCommand.Withdraw(ANN))
                .execute(Proposal.AGGREGATE, ann, submit);
        fixture.apply(story.events());
        fixture.apply(story.events());
        assertThat(rows(CLIENT)).hasSize(2).allMatch(it -> it.kind().equals("PROPOSAL_RECEIVED"));
    }

    /** The events of older versions, in which the job notifies of a received proposal. */
    @Test
    void notifiesOnceOfAProposalOfAnOlderVersion() {
        var id = Proposal.id(JOB, ANN);
        var submitted = new ProposalEvent.Submitted(JOB, CLIENT, ANN, Optional.empty(), terms("Letter"), AT);
        var received = new JobEvent.ProposalReceived(id, ANN, CLIENT, "A job", AT);
        fixture.apply(List.of(
                new EventStory.StoredEvent<>(
                        Proposal.AGGREGATE, new Recorded<ProposalEvent>(id, 1, submitted, AT, Correlation.NONE)),
                new EventStory.StoredEvent<>(
                        Job.AGGREGATE, new Recorded<JobEvent>(JOB, 3, received, AT, Correlation.NONE))));
        assertThat(kinds(CLIENT)).containsExactly("PROPOSAL_RECEIVED ");
    }

    @Test
    void notifiesBothSidesOfAHireThatTimedOut() {
        var ann = Proposal.id(JOB, ANN);
        var invite = Invite.id(JOB, BOB);
        var story = jobWithProposals("A job", "Letter")
                .execute(Job.AGGREGATE, JOB, new JobCommand.Accept(CLIENT, ann, 1, "ctr_1", 500))
                .execute(Proposal.AGGREGATE, ann, new ProposalCommand.Accept(JOB, 1, "ctr_1", "A job", 500))
                .execute(Proposal.AGGREGATE, ann, new ProposalCommand.Reinstate("ctr_1", "timed-out"))
                .execute(Job.AGGREGATE, JOB, new JobCommand.AbandonHire("ctr_1", "timed-out"))
                .execute(Job.AGGREGATE, JOB, new JobCommand.TakeInvite(invite, 1, CLIENT, "USD", "ctr_2", 500))
                .execute(Job.AGGREGATE, JOB, new JobCommand.AbandonHire("ctr_2", "timed-out"));
        fixture.apply(story.events());
        assertThat(kinds(CLIENT)).endsWith("HIRE_REFUSED It took too long.", "HIRE_REFUSED It took too long.");
        assertThat(kinds(ANN)).containsExactly("PROPOSAL_ACCEPTED ", "PROPOSAL_REINSTATED It took too long.");
        assertThat(rows(CLIENT).getFirst().links()).containsExactly(Kind.JOB.link(JOB), Kind.INVITE.link(invite));
    }

    @Test
    void notifiesTheCounterpartyOfACancellationOnly() {
        fixture.apply(cancelledContract().events());
        assertThat(kinds(CLIENT))
                .containsExactly("CONTRACT_CANCELLED No time", "MONEY_REFUNDED You get 100.01 USD back.");
        assertThat(kinds(ANN)).isEmpty();
    }

    @Test
    void doesNotReportACardThatTheClientDroppedAsDeclined() {
        var story = new EventStory()
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.Open(escrow(1, "Draft", 10_001)))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.Fund(CLIENT, "pm_1", "req_1"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RecordActionRequired(1, "pi_1", "secret"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.DropCharge(CLIENT))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.RecordDeclined(1, "canceled"));
        fixture.apply(story.events());
        assertThat(kinds(CLIENT)).containsExactly("FUNDING_NEEDS_YOU ");
    }

    /** The aggregate remembers only its latest matches. */
    @Test
    void notifiesOfADocumentOnceForAllSavedSearches() {
        for (long number = 1; number <= 3; number++) {
            var later = AT.plusSeconds(number);
            var matched = new SavedSearchesEvent.Matched(
                    "srch_" + number,
                    "Search " + number,
                    SearchCriteria.Kind.GIG,
                    "gig_1",
                    "A gig",
                    Optional.of("acc_owner"),
                    AT,
                    later);
            var recorded = new Recorded<SavedSearchesEvent>("acc_saver", number, matched, later, Correlation.NONE);
            fixture.apply(List.of(new EventStory.StoredEvent<>(SavedSearches.AGGREGATE, recorded)));
        }
        assertThat(kinds("acc_saver")).containsExactly("NEW_MATCH Search 1");
        var kinds = rows("acc_saver").getFirst();
        assertThat(kinds.links()).containsExactly(Kind.SAVED_SEARCH.link("srch_1"), Kind.GIG.link("gig_1"));
    }

    @Test
    void showsTheTitleOfANotificationOfUnknownKind() {
        fixture.transaction(connection -> Sql.update(connection, """
                INSERT INTO notification_entry (id, account_id, kind, topic, count, title, detail, links, at, newest_id)
                VALUES ('ntf_1', 'acc_ann', 'FROM_THE_FUTURE', 'ntf_1', 1, 'A job', '',
                        '[{"kind": "JOB", "id": "job_1"}, {"kind": "FROM_THE_FUTURE", "id": "x"}]', now(), 'ntf_1')
                """));
        assertThat(entries(ANN).getFirst().links()).containsExactly(Kind.JOB.link("job_1"));
        assertThat(entries(ANN)).extracting(NotificationRow::text).containsExactly("A job");
    }

    @Test
    void notifiesTheOwnerOfAnAddressThatRefusesMail() {
        var refused = new MailAddressEvent.Refused("acc_1", "550 5.1.1 No such user", AT);
        assertThat(NotificationMatrix.notifications(
                        MailAddress.AGGREGATE, new Recorded<>("address", 1, refused, AT, Correlation.NONE)))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.recipientId()).isEqualTo("acc_1");
                    assertThat(it.kind()).isEqualTo(NotificationKind.MAIL_REFUSED);
                    assertThat(it.detail()).isEqualTo("550 5.1.1 No such user");
                    assertThat(it.kind().mailKind()).isEmpty();
                });
        var restored = new MailAddressEvent.Restored("acc_1", AT);
        assertThat(NotificationMatrix.notifications(
                        MailAddress.AGGREGATE, new Recorded<>("address", 2, restored, AT, Correlation.NONE)))
                .isEmpty();
    }

    @Test
    void notifiesOfALoginOnANewDevice() {
        assertThat(ofAccount(deviceAdded(false))).singleElement().satisfies(it -> {
            assertThat(it.recipientId()).isEqualTo("acc_1");
            assertThat(it.kind()).isEqualTo(NotificationKind.NEW_DEVICE);
            assertThat(it.detail()).isEqualTo("Phone, from the network 203.0.113.0/24");
            assertThat(it.kind().isEmailOptional()).isFalse();
            assertThat(it.separateMailId()).isEmpty();
        });
        assertThat(ofAccount(deviceAdded(true))).isEmpty();
    }

    private static AccountEvent deviceAdded(boolean isFirst) {
        return new AccountEvent.DeviceAdded("acc_1", "hash", "Phone", "203.0.113.0/24", isFirst, AT);
    }

    @Test
    void notifiesOfATokenThatWasUsedTwice() {
        assertThat(ofAccount(new AccountEvent.TokenReused("acc_1", "ses_1", AT)))
                .extracting(it -> it.recipientId() + " " + it.kind())
                .containsExactly("acc_1 TOKEN_REUSED");
        assertThat(ofAccount(new AccountEvent.AllSessionsEnded("acc_1", 1, AT))).isEmpty();
    }

    private static List<Notification> ofAccount(AccountEvent event) {
        return NotificationMatrix.notifications(
                Account.AGGREGATE, new Recorded<>("address", 2, event, AT, Correlation.NONE));
    }

    @Test
    void accountWhoseConversationWasNotOpenedIsNotToldWhy() {
        var event = new ContactsEvent.ConversationNotOpened("acc_1", "acc_2", "msg_1", AT);
        assertThat(NotificationMatrix.notifications(
                        Contacts.AGGREGATE, new Recorded<>("acc_1", 2, event, AT, Correlation.NONE)))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.recipientId()).isEqualTo("acc_1");
                    assertThat(it.kind()).isEqualTo(NotificationKind.CONVERSATION_NOT_OPENED);
                    assertThat(it.title()).isEmpty();
                    assertThat(it.detail()).isEmpty();
                    assertThat(it.links()).isEmpty();
                });
    }

    @Test
    void notifiesTheMemberOfTheResultOfAnExport() {
        for (var event :
                List.of(new ExportEvent.Finished("acc_1", "rm_1", AT), new ExportEvent.Failed("acc_1", "rm_1", AT)))
            assertThat(NotificationMatrix.notifications(
                            Export.AGGREGATE, new Recorded<>("exp_1", 1, event, AT, Correlation.NONE)))
                    .singleElement()
                    .satisfies(it -> {
                        assertThat(it.recipientId()).isEqualTo("acc_1");
                        assertThat(it.kind())
                                .isEqualTo(
                                        event instanceof ExportEvent.Finished
                                                ? NotificationKind.EXPORT_FINISHED
                                                : NotificationKind.EXPORT_FAILED);
                        assertThat(it.links()).containsExactly(Link.Kind.ROOM.link("rm_1"));
                    });
    }

    @Test
    void notifiesTheAccountOfTheResultOfAnExportOfItsData() {
        assertThat(dataExport(new DataExportsEvent.ExportRequested("acc_1", "exp_1", AT)))
                .isEmpty();
        assertThat(dataExport(new DataExportsEvent.ExportFinished("acc_1", "exp_1", AT)))
                .containsExactly(NotificationKind.DATA_EXPORT_READY);
        assertThat(dataExport(new DataExportsEvent.ExportFailed("acc_1", "exp_1", AT)))
                .containsExactly(NotificationKind.DATA_EXPORT_FAILED);
    }

    private static List<NotificationKind> dataExport(DataExportsEvent event) {
        return NotificationMatrix.notifications(
                        DataExports.AGGREGATE, new Recorded<>("acc_1", 1, event, AT, Correlation.NONE))
                .stream()
                .map(Notification::kind)
                .toList();
    }

    @Test
    void notifiesTheOwnerOfAWebhookThatIsDisabled() {
        var disabled = new WebhooksEvent.Disabled("whk_1", "https://hooks.example/a?key=b", DisableReason.GONE, AT);
        assertThat(NotificationMatrix.notifications(
                        Webhooks.AGGREGATE, new Recorded<>("acc_1", 2, disabled, AT, Correlation.NONE)))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.recipientId()).isEqualTo("acc_1");
                    assertThat(it.kind()).isEqualTo(NotificationKind.WEBHOOK_DISABLED);
                    assertThat(it.title()).contains("hooks.example");
                    assertThat(it.detail()).isEqualTo("The receiver responded with 410 Gone.");
                });
        var dropped = new WebhooksEvent.DeliveriesDropped("whk_1", "https://hooks.example/a?key=b", AT);
        assertThat(NotificationMatrix.notifications(
                        Webhooks.AGGREGATE, new Recorded<>("acc_1", 2, dropped, AT, Correlation.NONE)))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.recipientId()).isEqualTo("acc_1");
                    assertThat(it.kind()).isEqualTo(NotificationKind.WEBHOOK_DROPPED);
                    assertThat(it.kind().sentence(it.title().orElseThrow()))
                            .isEqualTo(
                                    "Events for your webhook at hooks.example were dropped, because too many wait to be delivered.");
                });
        var paused = new WebhooksEvent.Paused("whk_1", AT);
        assertThat(NotificationMatrix.notifications(
                        Webhooks.AGGREGATE, new Recorded<>("acc_1", 3, paused, AT, Correlation.NONE)))
                .isEmpty();
    }
}
