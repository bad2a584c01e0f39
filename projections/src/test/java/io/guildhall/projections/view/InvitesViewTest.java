package io.guildhall.projections.view;

import static io.guildhall.Await.answer;
import static io.guildhall.projections.view.Stage.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.invite.InviteStatus;
import io.guildhall.projections.readmodel.notification.NotificationRow;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InvitesViewTest {
    private static final Stage STAGE = new Stage();

    @BeforeAll
    static void play() {
        STAGE.play(InviteStories.allThatHappens(new Story(), "A boat").all());
    }

    @Test
    void bothSidesSeeWhatBecameOfThem() {
        var sent =
                answer(STAGE.read.invites().sentBy(Stories.CLIENT, first(10))).items();
        assertThat(sent)
                .extracting(InviteRow::id, InviteRow::status, InviteRow::refused, InviteRow::contractId)
                .containsExactlyInAnyOrder(
                        tuple(
                                InviteStories.FOR_JOB,
                                InviteStatus.REFUSED,
                                Optional.of(AcceptanceFailure.JOB_NOT_OPEN),
                                Optional.empty()),
                        tuple("inv_2", InviteStatus.WITHDRAWN, Optional.empty(), Optional.empty()),
                        tuple("inv_3", InviteStatus.EXPIRED, Optional.empty(), Optional.empty()),
                        tuple("inv_4", InviteStatus.ACCEPTED, Optional.empty(), Optional.of("ctr_9")),
                        tuple("inv_5", InviteStatus.SENT, Optional.empty(), Optional.empty()));
        assertThat(answer(STAGE.read.invites().receivedBy(Stories.ANN, first(10)))
                        .items())
                .isEqualTo(sent);
        assertThat(answer(STAGE.read.invites().receivedBy(Stories.BOB, first(10)))
                        .items())
                .isEmpty();
    }

    @Test
    void whatWasSentAgainIsShownAsItWasSentLast() {
        var again = answer(STAGE.read.invites().sentBy(Stories.CLIENT, first(10))).items().stream()
                .filter(it -> it.id().equals(InviteStories.FOR_JOB))
                .findFirst()
                .orElseThrow();
        assertThat(again.details().number()).isEqualTo(2);
        assertThat(again.details().offer()).isEqualTo(InviteStories.offer("A boat"));
    }

    @Test
    void eachSideIsToldWhatTheOtherDid() {
        assertThat(answer(STAGE.read.notifications().ofAccount(Stories.ANN, first(100)))
                        .items())
                .extracting(NotificationRow::kind)
                .containsExactlyInAnyOrder(
                        "INVITE_RECEIVED",
                        "INVITE_RECEIVED",
                        "INVITE_RECEIVED",
                        "INVITE_RECEIVED",
                        "INVITE_RECEIVED",
                        "INVITE_RECEIVED",
                        "INVITE_REFUSED",
                        "INVITE_REFUSED",
                        "INVITE_EXPIRING",
                        "INVITE_WITHDRAWN",
                        "INVITE_EXPIRED");
        assertThat(answer(STAGE.read.notifications().ofAccount(Stories.CLIENT, first(100)))
                        .items())
                .extracting(NotificationRow::kind, NotificationRow::text, NotificationRow::detail)
                .containsExactlyInAnyOrder(
                        tuple("INVITE_DECLINED", "Your invite for “A boat” was declined.", "A boat"),
                        tuple("INVITE_EXPIRED", "The invite for “A boat” has expired.", ""));
    }
}
