package io.guildhall.domain.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AccountAddressTest {
    @Test
    void ignoresCaseAndSurroundingSpaceOfEmail() {
        assertEquals(AccountAddress.fromEmail("ann@example.com"), AccountAddress.fromEmail("  Ann@Example.COM\n"));
        assertNotEquals(AccountAddress.fromEmail("ann@example.com"), AccountAddress.fromEmail("anne@example.com"));
    }

    /** Addresses are ids in the journal: if they changed, no account could be found. */
    @Test
    void addressNeverChanges() {
        assertEquals(
                "71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476",
                AccountAddress.fromEmail("ann@example.com"));
    }

    /** In Turkish, the capital of i is a different letter. The address must not depend on the locale of a node. */
    @Test
    void addressDoesNotDependOnLocale() {
        var language = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertEquals("iris@example.com", AccountAddress.normalise("IRIS@EXAMPLE.COM"));
        } finally {
            Locale.setDefault(language);
        }
    }

    @Property
    void addressIsHexadecimalAndDoesNotContainEmail(@ForAll String email) {
        var address = AccountAddress.fromEmail(email);
        assertTrue(address.matches("[0-9a-f]{64}"), address);
        assertEquals(address, AccountAddress.fromEmail(AccountAddress.normalise(email)));
    }
}
