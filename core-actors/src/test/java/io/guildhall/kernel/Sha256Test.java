package io.guildhall.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sha256Test {
    /** The example of FIPS 180-2, and its UTF-8 counterpart. */
    @Test
    void hashesTextsAsUtf8() {
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Sha256.hex("abc"));
        assertEquals(Sha256.hex("Zürich".getBytes(StandardCharsets.UTF_8)), Sha256.hex("Zürich"));
        assertNotEquals(Sha256.hex("Zürich".getBytes(StandardCharsets.ISO_8859_1)), Sha256.hex("Zürich"));
    }

    @Test
    void hashesPartsOneAfterTheOther() {
        assertEquals(Sha256.hex("abc"), Sha256.hex(new byte[] {'a', 'b'}, new byte[0], new byte[] {'c'}));
    }
}
