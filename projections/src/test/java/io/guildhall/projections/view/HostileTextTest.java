package io.guildhall.projections.view;

import static io.guildhall.Await.answer;
import static io.guildhall.projections.view.Stage.first;
import static io.guildhall.projections.view.Stories.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people write is text in every list, and no text stops a view. */
class HostileTextTest {
    private static final Stage STAGE = new Stage();

    static List<String> hostile() {
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
                "line\r\nline\tline\u0007",
                "x".repeat(50_000));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isTextEverywhere(String text) {
        STAGE.empty();
        var story = hireAndPay(text, text);
        reveal(story);
        GigStories.allThatHappens(story, text);
        SavedSearchStories.allThatHappens(story, text);
        InviteStories.allThatHappens(story, text);
        STAGE.play(story.all());
        // All that a database cannot hold is NUL and half a pair.
        var shown = text.replace("\u0000", "\uFFFD")
                .replace("half a pair \uD83D", "half a pair \uFFFD")
                .replace("other half \uDE00", "other half \uFFFD");

        assertThat(answer(STAGE.read.jobs().ofClient(CLIENT, first(10))).items())
                .extracting(it -> it.details().title())
                .containsExactly(shown);
        assertThat(answer(STAGE.read.proposals().ofFreelancer(ANN, first(10))).items())
                .extracting(it -> it.terms().coverLetter())
                .containsExactly(shown + "!");
        assertThat(answer(STAGE.read.invites().sentBy(CLIENT, first(10))).items())
                .extracting(it -> it.details().offer().message())
                .allMatch(shown::equals);
        assertThat(answer(STAGE.read.gigs().activeOf(ANN, first(10))).items())
                .extracting(it -> it.details().title())
                .containsExactly(shown);
        assertThat(answer(STAGE.read.messages().ofRoom(ROOM, first(10))).items())
                .extracting(it -> it.text())
                .containsExactly("Hello", shown);
        assertThat(answer(STAGE.read.reviews().about(ANN, first(10))).items())
                .extracting(it -> it.content().orElseThrow().text())
                .containsExactly(shown);
        assertThat(answer(STAGE.read.contracts().ofParty(ANN, first(10))).items())
                .extracting(it -> it.title() + it.milestones().getLast().note())
                .containsExactly(shown + shown);
        assertThat(answer(STAGE.read.notifications().ofAccount(BOB, first(10))).items())
                .extracting(it -> it.text())
                .containsExactly("Your proposal for “" + shown + "” was declined.");
        assertThat(answer(STAGE.read.notifications().ofAccount(SavedSearchStories.SAVER, first(10)))
                        .items())
                .extracting(it -> it.text() + it.detail())
                .containsExactly("New match for a saved search: “" + shown + "”." + shown);
        assertThat(answer(STAGE.read.timeline().ofContract(CONTRACT, first(100)))
                        .items())
                .allMatch(it -> it.hash().equals(it.computeHash()))
                .extracting(it -> it.note())
                .contains(shown);
    }
}
