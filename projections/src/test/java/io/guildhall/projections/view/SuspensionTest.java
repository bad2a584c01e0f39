package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.AccountCommand.LiftSuspension;
import io.guildhall.domain.account.AccountCommand.Suspend;
import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.ListedDocument;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.search.SearchView;
import io.guildhall.projections.view.search.SqlEmbeddings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A suspended account has nothing in the search, whichever event arrives first. */
class SuspensionTest {
    private static final String MAIL = "ann@example.org";

    private final ViewFixture fixture = new ViewFixture();
    private final EventStory story = new EventStory();

    @Test
    void documentsAreUnlistedAndListedAgain() {
        result(new SqlEmbeddings(new ReadDatabase(fixture.database, 2)).register("model"));
        AccountScenario.active(story, HireScenario.ANN, MAIL);
        fixture.apply(GigScenario.addAll(story, "A logo").events());
        assertThat(listed()).containsExactly("gig_1");
        assertThat(pendingCount()).isEqualTo(1);

        AccountScenario.execute(story, HireScenario.ANN, new Suspend("acc_root", "Spam"));
        fixture.apply(story.events());
        assertThat(listed()).isEmpty();
        assertThat(pendingCount()).isZero();

        AccountScenario.execute(story, HireScenario.ANN, new LiftSuspension("acc_root", "Checked"));
        fixture.apply(story.events());
        assertThat(listed()).containsExactly("gig_1");
        assertThat(pendingCount()).isEqualTo(1);
    }

    @Test
    void documentsPublishedDuringASuspensionAreNotListed() {
        AccountScenario.active(story, HireScenario.ANN, MAIL);
        AccountScenario.execute(story, HireScenario.ANN, new Suspend("acc_root", "Spam"));
        fixture.apply(story.events());
        fixture.apply(GigScenario.addAll(story, "A logo").events());
        assertThat(listed()).isEmpty();
        assertThat(pendingCount()).isZero();
    }

    @Test
    void documentsPostedAndPublishedInOneGroupDuringASuspensionAreNotListed() {
        AccountScenario.active(story, HireScenario.ANN, MAIL);
        AccountScenario.execute(story, HireScenario.ANN, new Suspend("acc_root", "Spam"));
        fixture.apply(story.events());
        fixture.applyAsGroup(
                new SearchView(), GigScenario.addAll(new EventStory(), "A logo").events(), 1);
        assertThat(listed()).isEmpty();
        assertThat(pendingCount()).isZero();
    }

    private List<String> listed() {
        return result(fixture.readModel.search().browse(Filter.anyOf(Kind.GIG), firstPage(10), false))
                .page()
                .items()
                .stream()
                .map(ListedDocument::id)
                .toList();
    }

    private long pendingCount() {
        var count = new ArrayList<Long>();
        fixture.transaction(connection -> count.addAll(Sql.list(
                connection, "SELECT count(*) FROM embedding.queue WHERE id LIKE 'gig_%'", row -> row.getLong(1))));
        return count.getFirst();
    }
}
