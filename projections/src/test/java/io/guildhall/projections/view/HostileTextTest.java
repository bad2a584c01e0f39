package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every list shows what users have written as text, and no text stops a view. */
class HostileTextTest {
    private static final ViewFixture FIXTURE = new ViewFixture();

    static List<String> texts() {
        return List.of(
                "'; DROP TABLE job; --",
                "$1 ? {} {\"a\",NULL} \\ \\' \"",
                "%s %n %d 100 %",
                "<script>alert(1)</script>",
                "{NULL}",
                "NULL",
                "\u0000 before and after \u0000",
                "half a pair \uD83D and the other half \uDE00",
                "\uD83D\uDE00 a whole pair",
                "\u202E right to left \u200B\uFEFF",
                "\u2067\u202D two directions \u202C\u2069\u061C",
                "decomposed e\u0301 and composed \u00E9",
                "Z\u0351\u0352\u0353\u0354a\u0355\u0356l\u0357g\u0358o",
                "\uD83D\uDC69\u200D\uD83D\uDCBB \u2764\uFE0F \uD83C\uDFF4\uDB40\uDC67\uDB40\uDC7F",
                "private \uE000\uDBFF\uDFFD, not a character \uFFFE\uFFFF\uD83F\uDFFE",
                "\u2028 line \u2029 paragraph \u0085 next \u000B tab \u000C page",
                "\uFFFD replaced",
                "\u00A0\u3000\u2800\u3164",
                "line\r\nline\tline\u0007",
                "x".repeat(50_000));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void showsEveryTextUnchangedInEveryList(String text) {
        FIXTURE.empty();
        var story = hireAndPay(text, text);
        revealReviews(story);
        GigScenario.addAll(story, text);
        SavedSearchScenario.addAll(story, text);
        InviteScenario.addAll(story, text);
        RefundScenario.addAll(story, text);
        AccountScenario.execute(story, "acc_hostile", AccountScenario.open("acc_hostile", text, text));
        FIXTURE.apply(story.events());
        // The database cannot store NUL and unpaired surrogates.
        var shown = text.replace("\u0000", "\uFFFD")
                .replace("half a pair \uD83D", "half a pair \uFFFD")
                .replace("other half \uDE00", "other half \uFFFD");

        var account = result(FIXTURE.readModel.accounts().find("acc_hostile")).orElseThrow();
        assertThat(List.of(account.name(), account.email())).containsExactly(shown, shown);
        assertThat(result(FIXTURE.readModel.jobs().ofClient(CLIENT, firstPage(10)))
                        .items())
                .extracting(it -> it.details().title())
                .containsExactly(shown);
        assertThat(result(FIXTURE.readModel.proposals().ofFreelancer(ANN, firstPage(10)))
                        .items())
                .extracting(it -> it.terms().coverLetter())
                .containsExactly(shown + "!");
        assertThat(result(FIXTURE.readModel.invites().sentBy(CLIENT, firstPage(10)))
                        .items())
                .extracting(it -> it.details().offer().message())
                .allMatch(shown::equals);
        assertThat(result(FIXTURE.readModel.gigs().activeOf(ANN, firstPage(10))).items())
                .extracting(it -> it.details().title())
                .containsExactly(shown);
        assertThat(result(FIXTURE.readModel.messages().ofRoom(ROOM, firstPage(10)))
                        .items())
                .extracting(it -> it.text())
                .containsExactly("Hello", shown);
        assertThat(result(FIXTURE.readModel.reviews().about(ANN, firstPage(10))).items())
                .extracting(it -> it.content().orElseThrow().text())
                .containsExactly(shown);
        assertThat(result(FIXTURE.readModel.contracts().ofParty(ANN, firstPage(10)))
                        .items())
                .filteredOn(it -> it.id().equals(CONTRACT))
                .extracting(
                        it -> it.title() + it.milestones().getLast().milestone().note())
                .containsExactly(shown + shown);
        assertThat(result(FIXTURE.readModel.contracts().heldMilestones(firstPage(10)))
                        .items())
                .extracting(it -> it.contractTitle()
                        + it.milestone().request().orElseThrow().reason())
                .containsExactly(shown + shown);
        assertThat(result(FIXTURE.readModel.notifications().ofAccount(BOB, firstPage(10)))
                        .items())
                .extracting(it -> it.text())
                .containsExactly("Your proposal for “" + shown + "” was declined.");
        assertThat(result(FIXTURE.readModel.notifications().ofAccount(SavedSearchScenario.SAVER, firstPage(10)))
                        .items())
                .extracting(it -> it.text() + it.detail())
                .containsExactly("New match for a saved search: “" + shown + "”." + shown);
        assertThat(result(FIXTURE.readModel.timeline().ofContract(CONTRACT, firstPage(100)))
                        .items())
                .allMatch(it -> it.hash().equals(it.computeHash()))
                .extracting(it -> it.note())
                .contains(shown);
    }
}
