package io.guildhall.operate;

import static io.guildhall.Await.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.Optional;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.management.javadsl.ManagementRouteProviderSettings;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.Test;

class OperatorRoutesTest {
    /** What a node in development does with a batch is tested in SeedingTest. */
    @Test
    void refusesDemoDataInProduction() {
        assertThat(OperatorRoutes.seed(Optional.empty(), "{}".getBytes(UTF_8)).toCompletableFuture())
                .isCompletedWithValueMatching(it -> it.status().intValue() == 403);
    }

    @Test
    void answersEveryRequestWhileTheNodeStarts() throws Exception {
        var config = ConfigFactory.parseString(
                        "pekko.actor.provider = local\npekko.coordinated-shutdown.exit-jvm = off")
                .withFallback(ConfigFactory.load());
        var system = ActorSystem.create("operator-routes", config);
        try {
            var settings = ManagementRouteProviderSettings.create(Uri.create("http://127.0.0.1:8558"));
            var handler = new OperatorRoutes((ExtendedActorSystem) system)
                    .routes(settings)
                    .handler(system);
            for (var request : new HttpRequest[] {
                HttpRequest.GET("/guildhall/followers"),
                HttpRequest.GET("/guildhall/views"),
                HttpRequest.GET("/guildhall/rebuilds"),
                HttpRequest.POST("/guildhall/views/jobs/rebuild"),
                HttpRequest.POST("/guildhall/views/jobs/rebuild/stop"),
                HttpRequest.POST("/guildhall/seed"),
                HttpRequest.GET("/guildhall/tasks"),
                HttpRequest.GET("/guildhall/parked"),
                HttpRequest.POST("/guildhall/parked/retry"),
                HttpRequest.POST("/guildhall/parked/jobs/job/job_1/retry"),
                HttpRequest.POST("/guildhall/parked/jobs/job/job_1/drop?reason=test"),
                HttpRequest.POST("/guildhall/tasks/esc_1-1/retry"),
                HttpRequest.POST("/guildhall/tasks/dsc_1/close?note=done"),
                HttpRequest.POST("/guildhall/mail/bounces"),
                HttpRequest.POST("/guildhall/accounts/ada%40example.com/grant-premium")
            })
                assertThat(result(handler.apply(request)))
                        .as(request.getUri().path())
                        .satisfies(it -> assertThat(it.status().intValue()).isEqualTo(503))
                        .satisfies(it -> assertThat(it.entity().getContentType().toString())
                                .isEqualTo("application/problem+json"));
        } finally {
            TestKit.shutdownActorSystem(system);
        }
    }
}
