package io.guildhall.projections.view.account;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.AccountScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.AccountFilter;
import io.guildhall.projections.readmodel.account.PastSuspension;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The search for accounts, and the suspensions of one. */
class AccountDetailsViewTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final AccountDirectory DIRECTORY = FIXTURE.readModel.accounts();

    @BeforeAll
    static void play() {
        var story = new EventStory();
        account(story, "acc_ann", "ann@example.org", "Ann", "ann");
        account(story, "acc_anna", "anna_b@example.org", "Anna Berg", "anna-berg");
        account(story, "acc_bob", "bob@bücher.example", "Bob 100%", "bob");
        execute(story, "acc_eve", open("acc_eve", "eve@example.org", "Eve"));
        execute(story, "acc_bob", new GrantAdmin("acc_root", "Checked"));
        execute(
                story,
                "acc_ann",
                new Suspend("acc_root", "Spam"),
                new LiftSuspension("acc_bob", "Checked"),
                new Suspend("acc_bob", "Fraud"));
        FIXTURE.apply(story.events());
    }

    private static void account(EventStory story, String id, String email, String name, String handle) {
        execute(story, id, open(id, email, name));
        story.execute(Profile.AGGREGATE, id, new ProfileCommand.Create(handle, name, "CH"));
    }

    private static List<String> found(AccountFilter filter) {
        return result(DIRECTORY.search(filter, firstPage(10))).items().stream()
                .map(it -> it.account().id())
                .toList();
    }

    private static AccountFilter filter(String email, String handle, String name) {
        return new AccountFilter(text(email), text(handle), text(name), Optional.empty(), Optional.empty());
    }

    private static Optional<String> text(String value) {
        return Optional.of(value).filter(it -> !it.isEmpty());
    }

    @Test
    void findsByTheBeginningOfEmailHandleAndName() {
        assertThat(found(AccountFilter.ALL)).containsExactly("acc_eve", "acc_bob", "acc_anna", "acc_ann");
        assertThat(found(filter("ANN", "", ""))).containsExactly("acc_anna", "acc_ann");
        assertThat(found(filter("ann@", "", ""))).containsExactly("acc_ann");
        assertThat(found(filter("Bob@BÜCHER.example", "", ""))).containsExactly("acc_bob");
        assertThat(found(filter("bob@xn--b", "", ""))).containsExactly("acc_bob");
        assertThat(found(filter("", "anna-", ""))).containsExactly("acc_anna");
        assertThat(found(filter("", "", "anna b"))).containsExactly("acc_anna");
        assertThat(found(filter("", "", "berg"))).isEmpty();
        assertThat(found(filter("ann", "ann", "Anna"))).containsExactly("acc_anna");
    }

    @Test
    void takesWildcardsLiterally() {
        assertThat(found(filter("ann%g", "", ""))).isEmpty();
        assertThat(found(filter("ann__b", "", ""))).isEmpty();
        assertThat(found(filter("anna_b", "", ""))).containsExactly("acc_anna");
        assertThat(found(filter("", "", "bob 100%"))).containsExactly("acc_bob");
        assertThat(found(filter("", "", "bob\\"))).isEmpty();
    }

    @Test
    void findsByRoleAndSuspension() {
        assertThat(found(with(Optional.of(Role.ADMIN), Optional.empty()))).containsExactly("acc_bob");
        assertThat(found(with(Optional.empty(), Optional.of(true)))).containsExactly("acc_ann");
        assertThat(found(with(Optional.empty(), Optional.of(false)))).containsExactly("acc_eve", "acc_bob", "acc_anna");
        assertThat(found(with(Optional.of(Role.ADMIN), Optional.of(true)))).isEmpty();
    }

    private static AccountFilter with(Optional<Role> role, Optional<Boolean> suspended) {
        return new AccountFilter(Optional.empty(), Optional.empty(), Optional.empty(), role, suspended);
    }

    @Test
    void readsOneAccountWithItsHandle() {
        var ann = result(DIRECTORY.findListing("acc_ann")).orElseThrow();
        assertThat(ann.handle()).contains("ann");
        assertThat(ann.account().email()).isEqualTo("ann@example.org");
        assertThat(result(DIRECTORY.findListing("acc_eve")).orElseThrow().handle())
                .isEmpty();
        assertThat(result(DIRECTORY.findListing("acc_nobody"))).isEmpty();
    }

    @Test
    void keepsEverySuspensionWithItsEnd() {
        var first = result(DIRECTORY.suspensions("acc_ann", firstPage(1)));
        assertThat(first.items()).singleElement().satisfies(it -> {
            assertThat(it.reason()).isEqualTo("Fraud");
            assertThat(it.by()).isEqualTo("acc_bob");
            assertThat(it.liftedAt()).isEmpty();
        });
        var second = result(DIRECTORY.suspensions("acc_ann", new Page.Request(1, first.next())));
        assertThat(second.items()).extracting(PastSuspension::reason).containsExactly("Spam");
        assertThat(second.items().getFirst().liftedBy()).contains("acc_bob");
        assertThat(second.items().getFirst().liftedAt()).isPresent();
        assertThat(second.next()).isEmpty();
        assertThat(result(DIRECTORY.suspensions("acc_bob", firstPage(10))).items())
                .isEmpty();
    }
}
