package io.guildhall.http.auth;

import com.nulabinc.zxcvbn.Feedback;
import com.nulabinc.zxcvbn.Zxcvbn;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Problem.FieldError;
import io.guildhall.http.text.Password;
import java.util.Comparator;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a new password is hard to guess, also for someone who knows its owner. Its length and its characters are checked
 * where it is read: {@link Password}.
 */
public final class PasswordRules {
    /** Hashing makes a guess slow: with these, an attacker who has the hash needs months on one computer. */
    private static final double MIN_GUESSES = 1e8;

    /** Measuring takes milliseconds for this length, and a second for the longest password. */
    private static final int MAX_MEASURED_LENGTH = 32;

    private static final int MIN_WORD_LENGTH = 3;
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final String OWN_DATA =
            "is easy to guess for someone who knows your name or e-mail address. Add words that have nothing to do with you.";

    /** Loaded with the first new password: the lists of words take 11 MB and half a second. */
    private static final class Estimator {
        static final Zxcvbn INSTANCE = new Zxcvbn();
        static final ResourceBundle MESSAGES = new Messages();
    }

    /** The library's messages in English, whatever the locale of the node is. It counts repeats as sequences. */
    private static final class Messages extends ListResourceBundle {
        Messages() {
            setParent(ResourceBundle.getBundle(
                    "com.nulabinc.zxcvbn.messages", Locale.ROOT, Zxcvbn.class.getClassLoader()));
        }

        @Override
        protected Object[][] getContents() {
            return new Object[][] {
                {
                    Feedback.SEQUENCE_WARNING_LIKE_ABCOR6543,
                    "Sequences and repeats such as abc, 6543 or aaa are easy to guess."
                },
                {Feedback.SEQUENCE_SUGGESTIONS_AVOID_SEQUENCES, "Avoid sequences and repeats."}
            };
        }
    }

    private PasswordRules() {}

    /**
     * What makes the password easy to guess and what helps, to complete a sentence; empty if it is hard to guess. Takes
     * milliseconds: call it where a thread can be busy.
     *
     * @param about the owner's name and e-mail address
     */
    static Optional<String> weakness(String password, List<String> about) {
        var start = start(password);
        var words = words(about);
        var strength = Estimator.INSTANCE.measure(start, words);
        if (strength.getGuesses() < MIN_GUESSES)
            return Optional.of("is easy to guess. " + help(strength.getFeedback()));
        return isStrongWithout(words, start) ? Optional.empty() : Optional.of(OWN_DATA);
    }

    private static String start(String password) {
        int length = Math.min(MAX_MEASURED_LENGTH, password.codePointCount(0, password.length()));
        return password.substring(0, password.offsetByCodePoints(0, length));
    }

    /** The longest first, so that no part of a word stays when another is removed. */
    private static List<String> words(List<String> about) {
        return Stream.concat(Stream.of("guildhall"), about.stream().flatMap(SEPARATORS::splitAsStream))
                .map(it -> it.toLowerCase(Locale.ROOT))
                .filter(it -> it.length() >= MIN_WORD_LENGTH)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static String help(Feedback feedback) {
        var english = feedback.withResourceBundle(Estimator.MESSAGES);
        return String.join(
                " ",
                Stream.concat(Stream.of(english.getWarning()), english.getSuggestions().stream())
                        .filter(it -> !it.isBlank())
                        .toList());
    }

    private static boolean isStrongWithout(List<String> words, String password) {
        var rest = password.toLowerCase(Locale.ROOT);
        for (var word : words) rest = rest.replace(word, "");
        if (rest.length() == password.length()) return true;
        return !rest.isEmpty() && Estimator.INSTANCE.measure(rest).getGuesses() >= MIN_GUESSES;
    }

    static Problem weakPassword(String weakness) {
        return Problem.ofField(422, "weak-password", new FieldError("password", weakness));
    }
}
