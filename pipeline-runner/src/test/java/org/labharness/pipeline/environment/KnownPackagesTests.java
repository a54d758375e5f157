package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownPackagesTests {
    private final KnownPackages known = KnownPackages.get();

    @ParameterizedTest
    @CsvSource({
        "sklearn, scikit-learn",
        "sklearn.ensemble, scikit-learn",
        "cv2, opencv-python-headless",
        "PIL, pillow",
        "yaml, PyYAML",
        "google.cloud.storage, google-cloud-storage"
    })
    void nameWhatBringsAModule(String module, String name) {
        assertThat(known.ofImport(module)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "utils", "my_course_helpers", "sklern"})
    void guessNothing(String module) {
        assertThat(known.ofImport(module)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"pandsa, pandas", "panda, pandas", "scikit_lern, scikit-learn", "requets, requests", "nunpy, numpy"})
    void noticeASlipOfOneLetter(String name, String meant) {
        assertThat(known.meantBy(name)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pandas", "Scikit_Learn", "pandas-gbq", "six", "sax", "dash", "dask"})
    void takeNoNameForASlipThatIsNone(String name) {
        assertThat(known.meantBy(name)).isEmpty();
    }

    @Test
    void tellWhatComesWithPython() {
        assertThat(known.isStandard("os")).isTrue();
        assertThat(known.isStandard("distutils")).isTrue();
        assertThat(known.isStandard("__future__")).isTrue();
        assertThat(known.isStandard("pandas")).isFalse();
    }

    @Test
    void nameNoPackageThatIsAskedForLateButKnownNowhereElse() {
        assertThat(known.late()).isNotEmpty().allSatisfy(late -> {
            assertThat(known.ofImport(late.library())).as(late.library()).isPresent();
            assertThat(known.ofConda(late.name())).as(late.name()).isPresent();
        });
    }

    @Test
    void translateNamesOfConda() {
        assertThat(known.ofConda("pytorch")).contains("torch");
        assertThat(known.ofConda("matplotlib-base")).contains("matplotlib");
        assertThat(known.ofConda("numpy")).contains("numpy");
        assertThat(known.ofConda("some-conda-thing")).isEmpty();
    }
}
