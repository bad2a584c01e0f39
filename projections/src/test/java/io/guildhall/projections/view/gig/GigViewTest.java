package io.guildhall.projections.view.gig;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.savedsearch.SearchCriteria.Kind;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.gig.GigStatus;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.ListedDocument;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.GigScenario;
import io.guildhall.projections.view.HireScenario;
import io.guildhall.projections.view.ViewFixture;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GigViewTest {
    private static final ViewFixture FIXTURE = new ViewFixture();

    @BeforeAll
    static void apply() {
        FIXTURE.apply(GigScenario.addAll(new EventStory(), "A logo").events());
    }

    @Test
    void listsAllGigsOfTheFreelancer() {
        assertThat(result(FIXTURE.readModel.gigs().ofFreelancer(HireScenario.ANN, firstPage(10)))
                        .items())
                .extracting(GigRow::id, GigRow::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("gig_4", GigStatus.DRAFT),
                        org.assertj.core.groups.Tuple.tuple("gig_3", GigStatus.ARCHIVED),
                        org.assertj.core.groups.Tuple.tuple("gig_2", GigStatus.PAUSED),
                        org.assertj.core.groups.Tuple.tuple("gig_1", GigStatus.ACTIVE));
    }

    @Test
    void listsActiveGigsInTheirCurrentState() {
        var active = result(FIXTURE.readModel.gigs().activeOf(HireScenario.ANN, firstPage(10)))
                .items();
        assertThat(active).extracting(GigRow::details).containsExactly(GigScenario.details("A logo"));
        assertThat(active.getFirst().revision()).isEqualTo(2);
        assertThat(result(FIXTURE.readModel.gigs().active(List.of("gig_1", "gig_2", "gig_3", "gig_4"))))
                .isEqualTo(active);
    }

    @Test
    void findsActiveGigsOnly() {
        assertThat(result(FIXTURE.readModel.search().browse(Filter.anyOf(Kind.GIG), firstPage(10), true))
                        .page()
                        .items())
                .extracting(ListedDocument::id)
                .containsExactly("gig_1");
    }
}
