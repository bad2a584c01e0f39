package io.guildhall.http.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a frame in the AsyncAPI document, to the author of a client. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Summary {
    String value();

    /** The channel of the example; a room if empty. */
    String channel() default "";
}
