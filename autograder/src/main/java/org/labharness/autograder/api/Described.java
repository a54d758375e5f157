package org.labharness.autograder.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the published description of the API says of something that can be asked. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Described {
    /** What it does, in a sentence. */
    String value();

    /** What it is called in programs that are made from the description. */
    String id();

    /** What is sent; {@code Void}: nothing. */
    Class<?> body() default Void.class;

    Answer[] answers();

    /** Headers that may be sent, beside the token. */
    Header[] headers() default {};

    /** Whether it is answered without a token. */
    boolean open() default false;

    /** One that can come. Beside them come 401, 404, 429 and 500 wherever a token is asked for. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Answer {
        int status();

        String says();

        /** What is sent back; {@code Problem.Document} where it is no success. */
        Class<?> body() default Void.class;

        /** Its media types. */
        String[] types() default {"application/json"};
    }

    /** A header of a request. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Header {
        String name();

        String says();
    }
}
