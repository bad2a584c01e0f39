package io.guildhall.projections.view;

import static io.guildhall.Await.answer;
import static io.guildhall.projections.view.Stage.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.AccountCommand.LiftSuspension;
import io.guildhall.domain.account.AccountCommand.Suspend;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Kind;
import io.guildhall.projections.readmodel.search.Search.ListedDocument;
import io.guildhall.projections.store.Sql;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is suspended has nothing that can be found, whichever is heard of first. */
class SuspensionTest {
    private static final String MAIL = "ann@example.org";

    private final Stage stage = new Stage();
    private final Story story = new Story();

    @Test
    void whatTheyOfferLeavesAndComesBack() {
        AccountStories.active(story, Stories.ANN, MAIL);
        stage.play(GigStories.allThatHappens(story, "A logo").all());
        assertThat(found()).containsExactly("gig_1");
        assertThat(waiting()).isEqualTo(1);

        AccountStories.tell(story, MAIL, new Suspend("acc_root", "Spam"));
        stage.play(story.all());
        assertThat(found()).isEmpty();
        assertThat(waiting()).isZero();

        AccountStories.tell(story, MAIL, new LiftSuspension("acc_root"));
        stage.play(story.all());
        assertThat(found()).containsExactly("gig_1");
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void whatIsPublishedByThemIsNotFound() {
        AccountStories.active(story, Stories.ANN, MAIL);
        AccountStories.tell(story, MAIL, new Suspend("acc_root", "Spam"));
        stage.play(story.all());
        stage.play(GigStories.allThatHappens(story, "A logo").all());
        assertThat(found()).isEmpty();
        assertThat(waiting()).isZero();
    }

    private List<String> found() {
        return answer(stage.read.search().browse(Kind.GIG, Filter.NONE, first(10), false)).page().items().stream()
                .map(ListedDocument::id)
                .toList();
    }

    private long waiting() {
        var waiting = new ArrayList<Long>();
        stage.transaction(connection -> waiting.addAll(Sql.list(
                connection, "SELECT count(*) FROM embedding.backlog WHERE id LIKE 'gig_%'", row -> row.getLong(1))));
        return waiting.getFirst();
    }
}
