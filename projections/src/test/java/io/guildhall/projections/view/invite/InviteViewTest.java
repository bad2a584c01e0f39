package io.guildhall.projections.view.invite;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.invite.InviteStatus;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.HireScenario;
import io.guildhall.projections.view.InviteScenario;
import io.guildhall.projections.view.ViewFixture;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InviteViewTest {
    private static final ViewFixture FIXTURE = new ViewFixture();

    @BeforeAll
    static void apply() {
        FIXTURE.apply(InviteScenario.addAll(new EventStory(), "A boat").events());
    }

    @Test
    void listsInvitesWithStatusForBothParties() {
        var sent = result(FIXTURE.readModel.invites().sentBy(HireScenario.CLIENT, firstPage(10)))
                .items();
        assertThat(sent)
                .extracting(InviteRow::id, InviteRow::status, InviteRow::acceptanceFailure, InviteRow::contractId)
                .containsExactlyInAnyOrder(
                        tuple(
                                InviteScenario.FOR_JOB,
                                InviteStatus.REFUSED,
                                Optional.of(AcceptanceFailure.JOB_NOT_OPEN),
                                Optional.empty()),
                        tuple("inv_2", InviteStatus.WITHDRAWN, Optional.empty(), Optional.empty()),
                        tuple("inv_3", InviteStatus.EXPIRED, Optional.empty(), Optional.empty()),
                        tuple("inv_4", InviteStatus.ACCEPTED, Optional.empty(), Optional.of("ctr_9")),
                        tuple("inv_5", InviteStatus.SENT, Optional.empty(), Optional.empty()));
        assertThat(result(FIXTURE.readModel.invites().receivedBy(HireScenario.ANN, firstPage(10)))
                        .items())
                .isEqualTo(sent);
        assertThat(result(FIXTURE.readModel.invites().receivedBy(HireScenario.BOB, firstPage(10)))
                        .items())
                .isEmpty();
    }

    @Test
    void showsTheLastSendOfAnInvite() {
        var resent = result(FIXTURE.readModel.invites().sentBy(HireScenario.CLIENT, firstPage(10))).items().stream()
                .filter(it -> it.id().equals(InviteScenario.FOR_JOB))
                .findFirst()
                .orElseThrow();
        assertThat(resent.details().number()).isEqualTo(2);
        assertThat(resent.details().offer()).isEqualTo(InviteScenario.offer("A boat"));
    }

    @Test
    void notifiesEachPartyOfTheOthersActions() {
        assertThat(result(FIXTURE.readModel.notifications().ofAccount(HireScenario.ANN, firstPage(100)))
                        .items())
                .extracting(NotificationRow::kind)
                // The invite to the job was sent twice, and is one entry; so are the orders of one gig.
                .containsExactlyInAnyOrder(
                        "INVITE_RECEIVED",
                        "INVITE_RECEIVED",
                        "INVITE_REFUSED",
                        "INVITE_REFUSED",
                        "INVITE_EXPIRING",
                        "INVITE_WITHDRAWN",
                        "INVITE_EXPIRED");
        assertThat(result(FIXTURE.readModel.notifications().ofAccount(HireScenario.CLIENT, firstPage(100)))
                        .items())
                .extracting(NotificationRow::kind, NotificationRow::text, NotificationRow::detail)
                .containsExactlyInAnyOrder(
                        tuple("INVITE_DECLINED", "Your invite for “A boat” was declined.", "A boat"),
                        tuple("INVITE_EXPIRED", "The invite for “A boat” has expired.", ""));
    }
}
