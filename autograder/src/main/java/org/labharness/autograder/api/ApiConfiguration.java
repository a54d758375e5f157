package org.labharness.autograder.api;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The API as a part of a server that has an {@link ApiGround}. */
@Configuration(proxyBeanMethods = false)
@Import({
    SubmissionController.class,
    GradingController.class,
    EventController.class,
    CourseController.class,
    DocumentController.class,
    Problems.class
})
public class ApiConfiguration {
    @Bean
    Door door(ApiGround ground) {
        return new Door(ground);
    }

    @Bean
    Sight sight(ApiGround ground) {
        return new Sight(ground);
    }

    @Bean
    HandIn handIn(ApiGround ground) {
        return new HandIn(ground);
    }

    @Bean
    VerdictDocuments verdicts(ApiGround ground) {
        return new VerdictDocuments(ground);
    }
}
