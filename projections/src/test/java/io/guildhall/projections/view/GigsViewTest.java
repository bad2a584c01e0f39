package io.guildhall.projections.view;

import static io.guildhall.Await.answer;
import static io.guildhall.projections.view.Stage.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.gig.GigStatus;
import io.guildhall.projections.readmodel.search.Search.Filter;
import io.guildhall.projections.readmodel.search.Search.Kind;
import io.guildhall.projections.readmodel.search.Search.ListedDocument;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GigsViewTest {
    private static final Stage STAGE = new Stage();

    @BeforeAll
    static void play() {
        STAGE.play(GigStories.allThatHappens(new Story(), "A logo").all());
    }

    @Test
    void itsFreelancerSeesAllOfThem() {
        assertThat(answer(STAGE.read.gigs().ofFreelancer(Stories.ANN, first(10)))
                        .items())
                .extracting(GigRow::id, GigRow::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("gig_4", GigStatus.DRAFT),
                        org.assertj.core.groups.Tuple.tuple("gig_3", GigStatus.ARCHIVED),
                        org.assertj.core.groups.Tuple.tuple("gig_2", GigStatus.PAUSED),
                        org.assertj.core.groups.Tuple.tuple("gig_1", GigStatus.ACTIVE));
    }

    @Test
    void othersSeeWhatIsOnOfferAsItStands() {
        var offered = answer(STAGE.read.gigs().activeOf(Stories.ANN, first(10))).items();
        assertThat(offered).extracting(GigRow::details).containsExactly(GigStories.details("A logo"));
        assertThat(offered.getFirst().revision()).isEqualTo(2);
        assertThat(answer(STAGE.read.gigs().active(List.of("gig_1", "gig_2", "gig_3", "gig_4"))))
                .isEqualTo(offered);
    }

    @Test
    void whatIsOnOfferIsFoundAndNothingElse() {
        assertThat(answer(STAGE.read.search().browse(Kind.GIG, Filter.NONE, first(10), true))
                        .page()
                        .items())
                .extracting(ListedDocument::id)
                .containsExactly("gig_1");
    }
}
