package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Place;
import org.labharness.pipeline.environment.RequirementLine.Kept;
import org.labharness.pipeline.environment.RequirementLine.Loosened;
import org.labharness.pipeline.environment.RequirementLine.NotKept;

class RequirementLineTests {
    private static final Place WHERE = new Place("requirements.txt", 3);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pandas                                   | pandas
            pandas == 2.2.0                          | pandas==2.2.0
            scikit-learn>=1.3, <1.5                  | scikit-learn>=1.3,<1.5
            mlflow[extras , aliyun-oss]~=2.9         | mlflow[extras,aliyun-oss]~=2.9
            requests (>=2.0)                         | requests>=2.0
            thing==2.1.0+local.1                     | thing==2.1.0+local.1
            uvloop; sys_platform != 'win32'          | uvloop ; sys_platform != 'win32'
            a>1; (python_version<"3.12" and os_name == 'posix') | a>1 ; (python_version<"3.12" and os_name == 'posix')
            numpy==1.*                               | numpy==1.*
            """)
    void keepsNameExtrasVersionAndMarkerAlone(String declared, String line) {
        assertThat(RequirementLine.parse(declared, WHERE))
                .isInstanceOfSatisfying(
                        Kept.class,
                        kept -> assertThat(kept.requirement().line()).isEqualTo(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pywin32==306                                 | Windows             | false
            PyWin32                                      | Windows             | false
            pyobjc-framework-Cocoa                       | macOS               | false
            nvidia-cublas-cu12==12.8.4.1                 | graphics cards      | false
            triton==3.5.0                                | graphics cards      | false
            name; import os                              | marker              | true
            two words here                               | no requirement      | true
            name==1.0 --global-option=x                  | no requirement      | true
            """)
    void setsAsideWhatIsNoRequirementOfTheIndex(String declared, String word, boolean fault) {
        assertThat(RequirementLine.parse(declared, WHERE)).isInstanceOfSatisfying(NotKept.class, not -> {
            assertThat(not.reason().reason()).contains(word);
            assertThat(not.reason().fault()).isEqualTo(fault);
            assertThat(not.reason().where()).isEqualTo(WHERE);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            numpy=1.24.0                                       | numpy
            scikit-learn 1.3.0                                 | scikit-learn
            numpy=1.21.5=py39h1234                             | numpy
            certifi @ file:///C:/b/abs_85/croot/certifi/work   | certifi
            """)
    void loosensWhatOnlyTheVersionOfWhichCannotBeRead(String declared, String line) {
        assertThat(RequirementLine.parse(declared, WHERE)).isInstanceOfSatisfying(Loosened.class, loosened -> {
            assertThat(loosened.requirement().line()).isEqualTo(line);
            assertThat(loosened.reason().fault()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            torch==2.4.1+cu121                | torch==2.4.1              | other hardware
            torchvision==0.19.1+cpu           | torchvision==0.19.1       | other hardware
            sklearn                           | scikit-learn              | is the name to import
            sklearn==0.0                      | scikit-learn              | is the name to import
            opencv-python==4.10.0.84          | opencv-python-headless==4.10.0.84 | needs a screen
            psycopg2>=2.9 ; python_version>'3'| psycopg2-binary>=2.9 ; python_version>'3' | has to be compiled
            tensorflow-gpu==2.10.1            | tensorflow==2.10.1        | is part of tensorflow
            """)
    void putsInWhatStandsForPackagesThatCannotWorkHere(String declared, String line, String reason) {
        assertThat(RequirementLine.parse(declared, WHERE)).isInstanceOfSatisfying(Loosened.class, loosened -> {
            assertThat(loosened.requirement().line()).isEqualTo(line);
            assertThat(loosened.reason().reason()).contains(reason);
            assertThat(loosened.reason().fault()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            thing @ https://example.org/other.whl                     | thing
            git+https://example.org/who/thing.git@v1                  | thing
            git+https://example.org/x.git#egg=real-name               | real-name
            https://example.org/some_thing-1.0-py3-none-any.whl       | some_thing
            """)
    void tellsAnAddressAndWhatItIsCalled(String declared, String name) {
        assertThat(RequirementLine.parse(declared, WHERE))
                .isInstanceOfSatisfying(RequirementLine.Addressed.class, addressed -> {
                    assertThat(addressed.requirement().name()).isEqualTo(name);
                    assertThat(addressed.requirement().declared()).isEqualTo(declared);
                });
    }

    @Test
    void readsHostileLinesInNoTime() {
        String commas = "a" + ",".repeat(490);
        String versions = "a" + "==1,".repeat(120);
        String parens = "a;" + "(".repeat(490);
        long start = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(RequirementLine.parse(commas, WHERE)).isInstanceOf(NotKept.class);
            RequirementLine.parse(versions + "!", WHERE);
            RequirementLine.parse(parens, WHERE);
        }
        assertThat(RequirementLine.parse("x".repeat(1_000_000), WHERE)).isInstanceOf(NotKept.class);
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }
}
