package io.guildhall.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.guildhall.kernel.Personal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the components that are {@link Personal} as {@code {"$encrypted":"…"}} if the writer has a
 * {@link PayloadCipher} as attribute, and reads both forms. No plain JSON contains this object, whatever a user has
 * typed: the quotes of a text are escaped.
 */
final class PersonalDataModule extends SimpleModule {
    static final String ENCRYPTED = "$encrypted";

    private static final byte[] BEGIN = ("{\"" + ENCRYPTED + "\":\"").getBytes(UTF_8);
    private static final long serialVersionUID = 1L;

    @Override
    public void setupModule(SetupContext context) {
        context.insertAnnotationIntrospector(new Introspector());
    }

    private static final class Introspector extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Object findSerializer(Annotated component) {
            var personal = component.getAnnotation(Personal.class);
            return personal == null ? null : new PersonalSerializer(List.of(personal.of()));
        }

        @Override
        public @Nullable Object findDeserializer(Annotated component) {
            var personal = component.getAnnotation(Personal.class);
            return personal == null ? null : new PersonalDeserializer(personal.erased());
        }

        @Override
        public Version version() {
            return Version.unknownVersion();
        }
    }

    /** Whether JSON contains an encrypted component. */
    static boolean isEncrypted(byte[] json) {
        return indexOf(BEGIN, json, 0) >= 0;
    }

    /** The texts of all encrypted components. */
    static List<String> encryptedTexts(byte[] json) {
        var texts = new ArrayList<String>();
        for (int at = indexOf(BEGIN, json, 0); at >= 0; at = indexOf(BEGIN, json, at)) {
            int begin = at + BEGIN.length;
            at = begin;
            while (at < json.length && json[at] != '"') at++;
            texts.add(new String(json, begin, at - begin, UTF_8));
        }
        return texts;
    }

    private static int indexOf(byte[] wanted, byte[] bytes, int from) {
        int last = bytes.length - wanted.length;
        for (int at = from; at <= last; at++) {
            int same = 0;
            while (same < wanted.length && bytes[at + same] == wanted[same]) same++;
            if (same == wanted.length) return at;
        }
        return -1;
    }
}
