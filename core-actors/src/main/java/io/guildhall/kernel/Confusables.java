package io.guildhall.kernel;

import com.ibm.icu.text.SpoofChecker;
import java.util.Locale;

/** Finds texts that look alike, by Unicode Technical Standard 39. */
public final class Confusables {
    private static final SpoofChecker CHECKER =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

    private Confusables() {}

    /**
     * The form that texts have in common if they look alike in lower case, such as {@code paypal} and {@code paypa1},
     * or {@code mary} and {@code rnary}. At most twice as long as an ASCII text.
     */
    public static String skeleton(String text) {
        return CHECKER.getSkeleton(text.toLowerCase(Locale.ROOT)).toLowerCase(Locale.ROOT);
    }
}
