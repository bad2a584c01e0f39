package io.guildhall.kernel;

import com.ibm.icu.text.IDNA;
import com.sanctionco.jmail.Email;
import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address that can receive mail: {@code local-part@domain.tld}, with a local part in ASCII, and without a display
 * name, comments, quotes and invisible characters. Two addresses are equal if their canonical forms are.
 */
public final class EmailAddress {
    /** The longest address that SMTP can transport, in bytes. */
    public static final int MAX_LENGTH = 254;

    private static final String EXAMPLE = "must be an e-mail address, such as ada@example.com";
    private static final IDNA DOMAINS = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.CHECK_CONTEXTO);
    private static final EmailValidator SYNTAX =
            JMail.strictValidator().disallowIpDomain().requireTopLevelDomain().withRule(EmailAddress::isPlain);

    private final String typed;
    private final String canonical;

    private EmailAddress(String typed, String canonical) {
        this.typed = typed;
        this.canonical = canonical;
    }

    /** @throws InvalidTextException with a message that names a character that must not be there */
    public static EmailAddress parse(String text) {
        if (text.length() > 2 * MAX_LENGTH) throw tooLong();
        rejectInvisible(text);
        int at = text.lastIndexOf('@');
        if (at < 0) throw InvalidTextException.invalid(EXAMPLE);
        var canonical = canonicalLocalPart(text.substring(0, at)) + "@" + canonicalDomain(text.substring(at + 1));
        if (canonical.getBytes(StandardCharsets.UTF_8).length > MAX_LENGTH) throw tooLong();
        if (SYNTAX.isInvalid(canonical)) throw InvalidTextException.invalid(EXAMPLE);
        return new EmailAddress(text, canonical);
    }

    /** Returns empty for what is not an address. */
    public static Optional<EmailAddress> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (InvalidTextException _) {
            return Optional.empty();
        }
    }

    /** The canonical form; what is not an address, such as a part of one or an erased one, stays as it is. */
    public static String canonicalForm(String text) {
        return tryParse(text).map(EmailAddress::canonical).orElse(text);
    }

    private static InvalidTextException tooLong() {
        return InvalidTextException.malformed("must be at most " + MAX_LENGTH + " characters");
    }

    private static void rejectInvisible(String text) {
        int index = 0;
        while (index < text.length()) {
            int character = text.codePointAt(index);
            int next = index + Character.charCount(character);
            if (Characters.isInvisible(character)) {
                var place = index == 0 ? "start with" : next == text.length() ? "end with" : "contain";
                throw InvalidTextException.malformed(
                        "must not " + place + " the invisible character " + Characters.describe(character));
            }
            index = next;
        }
    }

    /**
     * In lower case, since e-mail providers ignore case. SMTP without extensions transports other characters than those of
     * ASCII wrongly, possibly to another address.
     */
    private static String canonicalLocalPart(String text) {
        var localPart = Characters.nfc(text).toLowerCase(Locale.ROOT);
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(localPart))
            throw InvalidTextException.invalid(
                    "must have letters from a to z, digits and signs of ASCII before the @; others cannot receive mail yet");
        return localPart;
    }

    private static String canonicalDomain(String text) {
        var info = new IDNA.Info();
        var domain = DOMAINS.nameToASCII(text, new StringBuilder(), info).toString();
        if (info.hasErrors()) throw InvalidTextException.invalid("must have a valid domain after the @");
        return domain;
    }

    /** Each of the forms that this excludes is another way to write the same address. */
    private static boolean isPlain(Email email) {
        return !email.hasIdentifier()
                && email.comments().isEmpty()
                && email.explicitSourceRoutes().isEmpty()
                && !email.localPart().contains("\"");
    }

    /** The address as its owner wrote it. */
    public String typed() {
        return typed;
    }

    /** The identity of the address: in lower case and NFC, with the ASCII form of an internationalised domain. */
    public String canonical() {
        return canonical;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EmailAddress address && address.canonical.equals(canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return typed;
    }
}
