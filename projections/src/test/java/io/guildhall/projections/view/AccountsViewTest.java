package io.guildhall.projections.view;

import static io.guildhall.Await.answer;
import static io.guildhall.projections.view.AccountStories.*;
import static io.guildhall.projections.view.Stage.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.account.AccountAddress;
import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.projections.readmodel.InvalidCursorException;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.AccountDirectory.Row;
import io.guildhall.projections.readmodel.account.AccountDirectory.Status;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.account.AccountView;
import io.guildhall.projections.view.account.SqlAccountDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has an account, in what standing, and which sessions are no longer good. */
class AccountsViewTest {
    private static final Stage STAGE = new Stage();
    private static final SqlAccountDirectory DIRECTORY = new SqlAccountDirectory(new ReadDatabase(STAGE.database, 4));

    private final AccountView view = new AccountView();

    @BeforeEach
    void empty() {
        STAGE.empty();
    }

    private void now(Story story) {
        STAGE.play(view, story.all());
    }

    private static Row ann() {
        return answer(DIRECTORY.find("acc_ann")).orElseThrow();
    }

    @Test
    void anAccountIsUnverifiedUntilItsMailIs() {
        var story = new Story();
        tell(story, MAIL, register("acc_ann", MAIL, "Ann"));
        var registered = story.now;
        now(story);
        assertThat(ann().status()).isEqualTo(Status.UNVERIFIED);
        assertThat(ann().address()).isEqualTo(AccountAddress.of(MAIL));
        assertThat(ann().email()).isEqualTo(MAIL);
        assertThat(ann().roles()).containsExactly("FREELANCER");
        assertThat(ann().registeredAt())
                .isCloseTo(registered, org.assertj.core.api.Assertions.within(1, java.time.temporal.ChronoUnit.MICROS));
        tell(story, MAIL, new Verify("nonce-acc_ann"));
        now(story);
        assertThat(ann().status()).isEqualTo(Status.ACTIVE);
        assertThat(answer(DIRECTORY.find("acc_nobody"))).isEmpty();
    }

    @Test
    void whoRegistersAgainBeforeVerifyingIsThereOnce() {
        var story = new Story();
        tell(story, MAIL, register("acc_early", MAIL, "Too early"));
        now(active(story, "acc_ann", MAIL));
        assertThat(answer(DIRECTORY.list(first(10))).items()).containsExactly(ann());
    }

    @Test
    void premiumIsShown() {
        var story = active(new Story(), "acc_ann", MAIL);
        tell(story, MAIL, new GrantPremium("acc_root"));
        now(story);
        assertThat(ann().isPremium()).isTrue();
    }

    @Test
    void anAdminKeepsTheOtherRoles() {
        var story = active(new Story(), "acc_ann", MAIL);
        tell(story, MAIL, new GrantAdmin("acc_root"));
        now(story);
        assertThat(ann().roles()).containsExactlyInAnyOrder("FREELANCER", "ADMIN");
    }

    @Test
    void aSuspensionBarsAndEndsEverySessionUntilItIsLifted() {
        var story = active(new Story(), "acc_ann", MAIL);
        tell(story, MAIL, logIn("ses_1"), logIn("ses_2"), new Suspend("acc_root", "Spam"));
        now(story);
        assertThat(ann().status()).isEqualTo(Status.SUSPENDED);
        assertThat(DIRECTORY.since(Instant.EPOCH)).containsExactlyInAnyOrder("ses_1", "ses_2");
        tell(story, MAIL, new LiftSuspension("acc_root"), logIn("ses_3"));
        now(story);
        assertThat(ann().status()).isEqualTo(Status.ACTIVE);
        assertThat(DIRECTORY.since(Instant.EPOCH)).containsExactlyInAnyOrder("ses_1", "ses_2");
    }

    @Test
    void aSessionEndsAloneOrWithAllOthersOfItsAccount() {
        var story = active(new Story(), "acc_ann", MAIL);
        active(story, "acc_bob", "bob@example.org");
        tell(story, "bob@example.org", logIn("ses_bob"));
        tell(story, MAIL, logIn("ses_1"), logIn("ses_2"), logIn("ses_3"), new LogOut("ses_1"));
        now(story);
        assertThat(DIRECTORY.since(Instant.EPOCH)).containsExactly("ses_1");
        // A token that was used before.
        tell(story, MAIL, new Refresh("ses_2", "token-ses_2", "fresh"));
        story.now = story.now.plusSeconds(600);
        tell(story, MAIL, new Refresh("ses_2", "token-ses_2", "other"));
        now(story);
        assertThat(DIRECTORY.since(Instant.EPOCH)).containsExactlyInAnyOrder("ses_1", "ses_2");
        tell(story, MAIL, new LogOutEverywhere(), logIn("ses_4"));
        now(story);
        assertThat(DIRECTORY.since(Instant.EPOCH)).containsExactlyInAnyOrder("ses_1", "ses_2", "ses_3");
    }

    @Test
    void endedIsToldFromAnInstantOn() {
        var story = active(new Story(), "acc_ann", MAIL);
        tell(story, MAIL, logIn("ses_1"), logIn("ses_2"), new LogOut("ses_1"));
        var firstEnd = story.now;
        tell(story, MAIL, new LogOut("ses_2"));
        now(story);
        assertThat(DIRECTORY.since(firstEnd.minusMillis(1))).containsExactlyInAnyOrder("ses_1", "ses_2");
        assertThat(DIRECTORY.since(firstEnd.plusMillis(1))).containsExactly("ses_2");
        assertThat(DIRECTORY.since(story.now.plusMillis(1))).isEmpty();
    }

    /** A text that the database cannot hold would stop every follower behind it. */
    @Test
    void aHostileNameStopsNothing() {
        var story = new Story();
        tell(story, MAIL, register("acc_ann", MAIL, "A\u0000nn \uD800"));
        now(story);
        assertThat(ann().name()).isEqualTo("A\uFFFDnn \uFFFD");
    }

    @Test
    void inSmallPagesTheNewestFirst() {
        var story = new Story();
        for (int i = 0; i < 7; i++) {
            var mail = i + "@example.org";
            tell(story, mail, register("acc_" + i, mail, "Name"));
        }
        now(story);
        var met = new ArrayList<String>();
        var request = first(3);
        while (true) {
            var page = answer(DIRECTORY.list(request));
            page.items().forEach(it -> met.add(it.id()));
            if (page.next().isEmpty()) break;
            request = new Page.Request(3, page.next());
        }
        assertThat(met)
                .containsExactlyElementsOf(
                        IntStream.range(0, 7).mapToObj(i -> "acc_" + (6 - i)).toList());
        assertThatThrownBy(() -> answer(DIRECTORY.list(new Page.Request(3, Optional.of("made up\u0000")))))
                .isInstanceOf(InvalidCursorException.class);
    }
}
