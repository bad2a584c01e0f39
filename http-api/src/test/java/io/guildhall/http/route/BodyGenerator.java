package io.guildhall.http.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.endpoint.NameOf;
import io.guildhall.http.text.TextRule;
import io.guildhall.kernel.Characters;
import io.guildhall.kernel.Currency;
import io.guildhall.kernel.EmailAddress;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Generates request bodies from the records that endpoints accept, within the constraints of each component. A new
 * component needs no change here, unless it has a pattern or a type that no other component has. Rules between
 * components are left to the caller.
 */
final class BodyGenerator {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_ITEMS = 3;
    private static final List<String> WORDS =
            List.of("logo", "naïve", "日本", "<b>bold</b>", "\"quoted\"", "100 %", "O'Hara", "🙂", "a&b", "{x}", "\\n");

    /** Which optional components are present. */
    enum Presence {
        ALL,
        NONE,
        RANDOM
    }

    private final Random random;
    private final Presence presence;

    BodyGenerator(long seed, Presence presence) {
        this.random = new Random(seed);
        this.presence = presence;
    }

    ObjectNode generate(Class<?> record) {
        var body = JSON.objectNode();
        for (var component : record.getRecordComponents()) {
            var constraints = new Constraints(component);
            if (isPresent(component, constraints))
                body.set(component.getName(), value(component.getAnnotatedType(), constraints));
        }
        return body;
    }

    private boolean isPresent(RecordComponent component, Constraints constraints) {
        if (component.getType().isPrimitive() || constraints.isRequired()) return true;
        return switch (presence) {
            case ALL -> true;
            case NONE -> false;
            case RANDOM -> random.nextBoolean();
        };
    }

    private JsonNode value(AnnotatedType annotated, Constraints constraints) {
        if (annotated instanceof AnnotatedParameterizedType generic) {
            var content = generic.getAnnotatedActualTypeArguments()[0];
            return ((ParameterizedType) generic.getType()).getRawType() == Optional.class
                    ? value(content, new Constraints(content))
                    : items(generic, constraints);
        }
        var type = (Class<?>) annotated.getType();
        if (type == String.class) return JSON.textNode(text(constraints));
        if (type == EmailAddress.class) return JSON.textNode("ada@example.com");
        if (type.isEnum()) return JSON.textNode(pick(type.getEnumConstants()).toString());
        if (type == Price.class) return price();
        if (type.isRecord()) return generate(type);
        if (type == boolean.class || type == Boolean.class) return JSON.booleanNode(random.nextBoolean());
        if (type == LocalDate.class)
            return JSON.textNode(
                    LocalDate.of(2027, 1, 1).plusDays(random.nextInt(365)).toString());
        if (List.of(int.class, Integer.class, long.class, Long.class).contains(type))
            return JSON.numberNode(constraints.min() + random.nextLong(constraints.max() - constraints.min() + 1));
        throw new AssertionError("the generator has no values of " + type);
    }

    private ObjectNode price() {
        var minimum = pick(Currency.values()).minimum();
        return JSON.objectNode()
                .put("amount", minimum.amount() + random.nextInt(10_000_000))
                .put("currency", minimum.currency());
    }

    private JsonNode items(AnnotatedParameterizedType list, Constraints constraints) {
        var item = list.getAnnotatedActualTypeArguments()[0];
        int min = constraints.isEmptyAllowed() && presence != Presence.ALL ? 0 : 1;
        int max = Math.min(MAX_ITEMS, constraints.maxSize());
        int size = presence == Presence.NONE ? min : min + random.nextInt(max - min + 1);
        var items = JSON.arrayNode();
        while (items.size() < size) {
            var value = value(item, new Constraints(item));
            if (!contains(items, value)) items.add(value);
        }
        return items;
    }

    private static boolean contains(Iterable<JsonNode> items, JsonNode value) {
        for (var item : items) if (item.equals(value)) return true;
        return false;
    }

    private String text(Constraints constraints) {
        var names = constraints.names();
        if (!names.isEmpty()) return pick(names.toArray(String[]::new));
        return constraints.pattern().map(this::matching).orElseGet(() -> {
            var text = new StringBuilder(pick(WORDS.toArray()).toString());
            int length = random.nextInt(Math.max(1, constraints.minLength()), constraints.maxLength() + 1);
            while (Characters.count(text.toString()) < length) text.append(' ').append(pick(WORDS.toArray()));
            return cut(text.toString(), constraints.maxLength());
        });
    }

    /** Keeps surrogate pairs together, and no space at the end. */
    private static String cut(String text, int maxLength) {
        if (Characters.count(text) <= maxLength) return text;
        return text.substring(0, text.offsetByCodePoints(0, maxLength)).strip();
    }

    private String matching(String regex) {
        return switch (regex) {
            case "https?://\\S+", "https://\\S+" -> "https://example.com/" + random.nextInt(1_000_000);
            case "[A-Z]{3}" -> pick("USD", "EUR", "JPY");
            case Formats.COUNTRY -> pick("DE", "FR", "JP");
            case Formats.HANDLE -> "ann-" + random.nextInt(1_000_000);
            case Formats.TIME -> pick("00:00", "07:30", "23:59");
            case Formats.PAYMENT_METHOD -> "pm_card_visa";
            case Formats.PAYOUT_STATUS -> "verified";
            case Formats.GIG_ID -> TestServer.newId("gig");
            case Formats.PROPOSAL_ID -> TestServer.newId("prp");
            case Formats.INVITE_ID -> TestServer.newId("inv");
            case Formats.SEEDED_ACCOUNT_ID -> "acc_seed-1";
            case Formats.SEEDED_GIG_ID -> "gig_seed-1";
            case Formats.SEEDED_JOB_ID -> "job_seed-1";
            case Formats.LANGUAGE -> pick("de", "en", "fr");
            case Formats.NO_COMMA -> pick(WORDS.toArray()).toString().replace(",", "");
            case "acc_[0-9a-z-]{1,60}" -> TestServer.newId("acc");
            default -> throw new AssertionError("the generator has no values for the pattern " + regex);
        };
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** The constraints of a component or of a list's items. */
    private record Constraints(Map<Class<? extends Annotation>, Annotation> annotations) {
        Constraints(RecordComponent component) {
            this(merged(component.getAccessor().getAnnotations(), component.getAnnotatedType()));
        }

        Constraints(AnnotatedType type) {
            this(merged(new Annotation[0], type));
        }

        private static Map<Class<? extends Annotation>, Annotation> merged(Annotation[] some, AnnotatedType type) {
            var all = new HashMap<Class<? extends Annotation>, Annotation>();
            for (var annotations : List.of(some, type.getAnnotations()))
                Arrays.stream(annotations).forEach(it -> all.put(it.annotationType(), it));
            return all;
        }

        List<String> names() {
            return annotations.containsKey(NameOf.class)
                    ? NameOf.Validator.names((NameOf) requireNonNull(annotations.get(NameOf.class)))
                    : List.of();
        }

        boolean isRequired() {
            return annotations.containsKey(NotNull.class) || !isEmptyAllowed();
        }

        boolean isEmptyAllowed() {
            return !annotations.containsKey(NotBlank.class) && !annotations.containsKey(NotEmpty.class);
        }

        int maxSize() {
            return requireNonNull((Size) annotations.get(Size.class)).max();
        }

        int maxLength() {
            return text().max();
        }

        int minLength() {
            return text().min();
        }

        private TextRule text() {
            return annotations.values().stream()
                    .map(TextRule::of)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow();
        }

        long min() {
            return annotations.get(Min.class) instanceof Min min ? min.value() : 1;
        }

        long max() {
            return annotations.get(Max.class) instanceof Max max ? max.value() : Integer.MAX_VALUE;
        }

        Optional<String> pattern() {
            return Optional.ofNullable((Pattern) annotations.get(Pattern.class)).map(Pattern::regexp);
        }
    }
}
