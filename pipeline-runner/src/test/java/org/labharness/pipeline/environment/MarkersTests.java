package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.PythonVersion;

class MarkersTests {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sys_platform == 'win32'                                              | false
            sys_platform != "win32"                                              | true
            platform_system == 'Linux' and python_version >= '3.9'               | true
            python_version < '3.9' or python_version > '3.10'                    | true
            python_version >= '3.12'                                             | false
            python_full_version < '3.11'                                         | false
            python_version == '3.11.*'                                           | true
            python_version ~= '3.9'                                              | true
            (os_name == 'nt' or sys_platform == 'darwin') and python_version>'3' | false
            'linux' in sys_platform                                              | true
            sys_platform not in 'win32 darwin'                                   | true
            implementation_name == 'pypy'                                        | false
            extra == 'gpu'                                                       | false
            extra == 'cpu'                                                       | true
            no_such_variable == 'x'                                              | true
            this is no marker                                                    | true
            ((((                                                                 | true
            """)
    void areLookedAtForLinuxAndThePythonInUse(String marker, boolean holds) {
        assertThat(Markers.hold(marker, PythonVersion.PY311, Set.of("cpu"))).isEqualTo(holds);
    }

    @Test
    void ofAnyDepthAreReadWithoutHarm() {
        assertThat(Markers.hold("(".repeat(3_900), PythonVersion.PY313)).isTrue();
        assertThat(Markers.hold("'a'=='a' and ".repeat(290) + "'a'=='b'", PythonVersion.PY313))
                .isFalse();
    }
}
