package io.guildhall.port;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The skills of the freelance world, whatever people call them. Takes any text, and never fails. */
public interface Skills {
    /** What a freely written skill is called, "React" for "reactjs"; nothing where it is not known. */
    Optional<String> name(String free);

    /** The names of skills that are written like this, or that it speaks of, the nearest first: what may have been meant. At most five. */
    List<String> near(String free);

    /** Every way in which it is written, in lower case; where it is not known, as it stands alone. Never empty. */
    Set<String> spellings(String free);

    /** The names of the skills that a text speaks of, in its order, none twice. */
    List<String> in(String text);

    /** How what is offered covers what is wanted, each given as people wrote it. */
    Cover cover(Collection<String> wanted, Collection<String> offered);

    /** Each wanted skill stands in one of the lists, once. */
    record Cover(List<String> matched, List<Near> near, List<String> missing) {
        /**
         * Wanted and not offered, but something beside it is.
         *
         * @param closeness between 0 and 1
         */
        public record Near(String wanted, String by, double closeness) {}
    }
}
