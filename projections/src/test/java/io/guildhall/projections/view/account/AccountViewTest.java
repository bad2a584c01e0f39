package io.guildhall.projections.view.account;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.AccountScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.kernel.Personal;
import io.guildhall.projections.readmodel.InvalidCursorException;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.AccountFilter;
import io.guildhall.projections.readmodel.account.AccountListing;
import io.guildhall.projections.readmodel.account.AccountRow;
import io.guildhall.projections.readmodel.account.AccountStatus;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts with their status. */
class AccountViewTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final AccountDirectory DIRECTORY = FIXTURE.readModel.accounts();

    private final AccountView view = new AccountView();

    @BeforeEach
    void empty() {
        FIXTURE.empty();
    }

    private void apply(EventStory story) {
        FIXTURE.apply(view, story.events());
    }

    private static Page<AccountListing> list(Page.Request page) {
        return result(DIRECTORY.search(AccountFilter.ALL, page));
    }

    private static AccountRow ann() {
        return result(DIRECTORY.find("acc_ann")).orElseThrow();
    }

    @Test
    void accountIsListedFromItsOpening() {
        var story = new EventStory();
        execute(story, "acc_ann", open("acc_ann", MAIL, "Ann"));
        var registered = story.now;
        apply(story);
        assertThat(ann().email()).isEqualTo(MAIL);
        assertThat(ann().roles()).containsExactly("FREELANCER");
        assertThat(ann().registeredAt())
                .isCloseTo(registered, org.assertj.core.api.Assertions.within(1, java.time.temporal.ChronoUnit.MICROS));
        assertThat(ann().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(result(DIRECTORY.find("acc_nobody"))).isEmpty();
    }

    @Test
    void hasTheCanonicalAddressOrNoneIfItWasErased() {
        var story = new EventStory();
        execute(story, "acc_ann", open("acc_ann", "Ann@B\u00fccher.Example", "Ann"));
        execute(story, "acc_bob", open("acc_bob", Personal.ERASED, Personal.ERASED));
        apply(story);
        assertThat(ann().email()).isEqualTo("ann@xn--bcher-kva.example");
        assertThat(result(DIRECTORY.find("acc_bob")).orElseThrow().email()).isEqualTo(Personal.ERASED);
    }

    @Test
    void showsPremium() {
        var story = active(new EventStory(), "acc_ann", MAIL);
        execute(story, "acc_ann", new GrantPremium("acc_root", "Checked"));
        apply(story);
        assertThat(ann().isPremium()).isTrue();
    }

    @Test
    void addsTheAdminRoleToTheOthers() {
        var story = active(new EventStory(), "acc_ann", MAIL);
        execute(story, "acc_ann", new GrantAdmin("acc_root", "Checked"));
        apply(story);
        assertThat(ann().roles()).containsExactlyInAnyOrder("FREELANCER", "ADMIN");
    }

    @Test
    void showsSuspension() {
        var story = active(new EventStory(), "acc_ann", MAIL);
        execute(story, "acc_ann", new Suspend("acc_root", "Spam"));
        apply(story);
        assertThat(ann().status()).isEqualTo(AccountStatus.SUSPENDED);
        execute(story, "acc_ann", new LiftSuspension("acc_root", "Checked"));
        apply(story);
        assertThat(ann().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void replacesCharactersThatTheDatabaseCannotStore() {
        var story = new EventStory();
        execute(story, "acc_ann", open("acc_ann", MAIL, "A\u0000nn \uD800"));
        apply(story);
        assertThat(ann().name()).isEqualTo("A\uFFFDnn \uFFFD");
    }

    @Test
    void listsAnAccountWithoutItsPersonalData() {
        var story = new EventStory();
        execute(story, "acc_ann", open("acc_ann", Personal.ERASED, Personal.ERASED));
        apply(story);
        assertThat(ann().email() + ann().name()).isEqualTo(Personal.ERASED + Personal.ERASED);
    }

    @Test
    void listsNewestFirstInPages() {
        var story = new EventStory();
        for (int i = 0; i < 7; i++) {
            var mail = i + "@example.org";
            // Seeded accounts have ids that do not begin with a time.
            execute(story, listedId(i), open(listedId(i), mail, "Name"));
        }
        apply(story);
        var ids = new ArrayList<String>();
        var request = firstPage(3);
        while (true) {
            var page = list(request);
            page.items().forEach(it -> ids.add(it.account().id()));
            if (page.next().isEmpty()) break;
            request = new Page.Request(3, page.next());
        }
        assertThat(ids)
                .containsExactlyElementsOf(
                        IntStream.range(0, 7).mapToObj(i -> listedId(6 - i)).toList());
        assertThatThrownBy(() -> list(new Page.Request(3, Optional.of("made up\u0000"))))
                .isInstanceOf(InvalidCursorException.class);
    }

    private static String listedId(int number) {
        return (number % 2 == 0 ? "acc_seed-" : "acc_") + number;
    }
}
