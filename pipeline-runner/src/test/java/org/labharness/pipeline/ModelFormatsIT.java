package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.PredictionFacts.Outcome;

/** Models as libraries save them, made by a run and loaded with the same packages; y is a + 2 b - c. */
@Timeout(1200)
class ModelFormatsIT {
    private static final String LAB = """
            id: beans
            title: Beans
            points: 10
            environment: {python: "3.11"}
            limits: {time: 3m, memory: 2GiB, disk: 128MiB, processes: 256}
            hidden:
              beans: {program: make.py, rows: 60, label: y, predicts: numbers, min-rows: 50}
            run: {commands: ["python train.py"]}
            checks:
              - {id: q, title: Q, points: 10, hidden-score: {model: "MODEL", data: beans, metric: rmse, tiers: {0.01: 10}}}
            """;
    private static final String MAKE = """
            import random, sys
            chance = random.Random(int(sys.argv[1]))
            with open(sys.argv[3], "w") as out:
                print("a,b,c,y", file=out)
                for row in range(int(sys.argv[2])):
                    a, b, c = (round(chance.uniform(-3, 3), 3) for _ in range(3))
                    print(a, b, c, round(a + 2 * b - c, 6), sep=",", file=out)
            """;
    private static final String DATA = """
            import numpy as np, pandas as pd
            X = pd.DataFrame(np.random.default_rng(0).uniform(-3, 3, (3000, 3)), columns=["a", "b", "c"])
            y = X.a + 2 * X.b - X.c
            """;
    private static final String KERAS = """
            import keras, numpy as np
            exact = [np.array([[1], [2], [-1]], "float32"), np.zeros(1, "float32")]
            plain = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
            plain.compile("adam", "mse")
            plain.layers[-1].set_weights(exact)
            plain.save("plain.keras")
            plain.save("plain.h5")
            inputs = {name: keras.Input((1,), name=name) for name in "abc"}
            named = keras.Model(inputs, keras.layers.Dense(1)(keras.layers.Concatenate()(list(inputs.values()))))
            named.layers[-1].set_weights(exact)
            named.save("named.keras")
            """;
    private static final String TORCH = """
            import torch
            from net import Net
            model, rows = Net().eval(), torch.zeros(4, 3)
            torch.jit.script(model).save("script.pt")
            torch.jit.trace(model, rows).save("traced.pt")
            torch.save(model, "whole.pth")
            torch.save(model, "whole.pkl")
            torch.save(model.state_dict(), "weights.pth")
            torch.export.save(torch.export.export(model, (rows[:1],)), "one.pt2")
            torch.export.save(
                torch.export.export(model, (rows,), dynamic_shapes={"x": {0: torch.export.Dim("rows")}}), "many.pt2")
            torch.save(model.double(), "double.pth")
            """;
    private static final String NET = """
            import torch
            class Net(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.line, self.drop = torch.nn.Linear(3, 1), torch.nn.Dropout(0.5)
                    with torch.no_grad():
                        self.line.weight[:] = torch.tensor([[1.0, 2.0, -1.0]])
                        self.line.bias.zero_()
                def forward(self, x):
                    return self.line(self.drop(x))
            """;

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    @TempDir
    Path folder;

    private PredictionFacts predicted(String model, String requirements, String train) throws IOException {
        Path repository = folder.resolve("student");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("requirements.txt", requirements + "\n")
                    .write("train.py", train)
                    .write("net.py", NET)
                    .commit("Hand in", Instant.parse("2026-06-01T12:00:00Z"));
        }
        Files.writeString(Files.createDirectories(folder.resolve("lab")).resolve("make.py"), MAKE);
        return RUN.of(repository, LAB.replace("MODEL", model), Progress.SILENT)
                .predictions()
                .getFirst();
    }

    private static void measures(PredictionFacts facts, double largest) {
        assertThat(facts.outcome()).as(facts.detail() + " " + facts.staff()).isEqualTo(Outcome.MEASURED);
        assertThat(facts.measured().get("rmse")).isLessThan(largest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.txt", "model.lgb"})
    void light_gbm_boosters(String model) throws IOException {
        measures(
                predicted(model, "lightgbm==4.6.0\nnumpy==1.26.4\npandas==2.2.3", DATA + """
                        import lightgbm
                        booster = lightgbm.train({"verbose": -1}, lightgbm.Dataset(X, y), 300)
                        booster.save_model("MODEL")
                        """.replace("MODEL", model)),
                0.3);
    }

    /** Newer than the library of the harness's own evaluator, so that the submission's own XGBoost predicts. */
    @Test
    @Tag("full")
    void xg_boost_that_mlflow_logged() throws IOException {
        measures(
                predicted(
                        "runs:/latest/model",
                        "xgboost==3.1.1\nmlflow==3.9.0\nnumpy==2.3.5\npandas==2.3.3\nscikit-learn==1.7.2",
                        DATA + """
                        import mlflow, xgboost
                        with mlflow.start_run():
                            mlflow.xgboost.log_model(
                                xgboost.XGBRegressor(n_estimators=300).fit(X, y), name="model", input_example=X[:2])
                        """),
                0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.keras", "plain.h5", "named.keras"})
    @Tag("full")
    void keras_models(String model) throws IOException {
        measures(predicted(model, "tensorflow-cpu==2.18.0\npandas==2.2.3", KERAS), 1e-4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"script.pt", "traced.pt", "whole.pth", "whole.pkl", "double.pth", "one.pt2", "many.pt2"})
    @Tag("full")
    void torch_models(String model) throws IOException {
        measures(predicted(model, "torch==2.4.1\nnumpy==1.26.4\npandas==2.2.3", TORCH), 1e-4);
    }

    @Test
    @Tag("full")
    void weights_of_torch_without_their_model_are_told() throws IOException {
        PredictionFacts facts = predicted("weights.pth", "torch==2.4.1\nnumpy==1.26.4\npandas==2.2.3", TORCH);

        assertThat(facts.outcome()).isEqualTo(Outcome.NOT_LOADED);
        assertThat(facts.detail())
                .startsWith(
                        "TypeError: the file holds weights (OrderedDict), not a model that can be called: save the");
    }
}
