package io.guildhall.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of an event or a state as personal data: a text, an optional text or a collection of texts. It is
 * stored encrypted under the key of the person that it belongs to, and becomes unreadable when that key is destroyed. A
 * mandatory text then reads as {@link #erased}, an optional one as empty, and a collection as an empty one. So a record
 * with such a component, and whatever reads it, must accept these values.
 */
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface Personal {
    /** What a text reads as whose key was destroyed. */
    String ERASED = "[erased]";

    /** The same for an e-mail address: one that cannot exist. */
    String ERASED_EMAIL = "erased@erased.invalid";

    /** The same for a link: one that leads nowhere. */
    String ERASED_URL = "https://erased.invalid/";

    /**
     * The components that contain the account ids of the persons, such as {@code by} or {@code deal.clientId}. The first
     * name is looked up in the record that has the component, and then in those that contain that record. If several
     * persons are named, the text is unreadable as soon as the key of one of them is destroyed. Without a name, or if the
     * named components are empty, the component belongs to the owners of the entity: see {@link Aggregate#owners}.
     */
    String[] of() default {};

    /** What a mandatory text reads as when it is unreadable, such as {@link #ERASED_EMAIL} if it is parsed as one. */
    String erased() default ERASED;
}
