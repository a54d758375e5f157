package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.run.Wire.Message;

@Timeout(20)
class WireTests {
    private SocketChannel there;
    private Wire here;

    @BeforeEach
    void connect(@TempDir Path folder) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            there = SocketChannel.open(address);
            here = new Wire(server.accept());
        }
    }

    @AfterEach
    void hangUp() throws IOException {
        there.close();
        here.close();
    }

    @Test
    void carriesFieldsOfAnyContent() throws IOException {
        new Wire(there).send(Message.of("stage", "", "été\n\0x", "a\0b"));
        Message message = here.receive().orElseThrow();
        assertThat(message.text(0)).isEqualTo("stage");
        assertThat(message.text(1)).isEmpty();
        assertThat(message.text(2)).isEqualTo("été\n\0x");
        assertThat(message.list(3)).containsExactly("a", "b");
        assertThat(message.list(1)).isEmpty();
        assertThat(message.text(9)).isEmpty();
    }

    @Test
    void keepsMessagesApartThatComeTogetherOrInPieces() throws IOException {
        ByteBuffer one = Wire.encode(Message.of("one"));
        ByteBuffer two = Wire.encode(Message.of("two", "x".repeat(100_000)));
        ByteBuffer both = ByteBuffer.allocate(one.remaining() + two.remaining())
                .put(one)
                .put(two)
                .flip();
        Thread.ofVirtual().start(() -> {
            try {
                while (both.hasRemaining()) {
                    there.write(both.slice(both.position(), Math.min(7_001, both.remaining())));
                    both.position(Math.min(both.limit(), both.position() + 7_001));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(here.receive().orElseThrow().text(0)).isEqualTo("one");
        assertThat(here.receive().orElseThrow().text(1)).hasSize(100_000);
    }

    @Test
    void endsWhereTheOtherEndHangsUpEvenInTheMiddleOfAMessage() throws IOException {
        there.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 9, 0}));
        there.close();
        assertThat(here.receive()).isEmpty();
    }

    @Test
    void takesNoMessageThatIsTooLarge() throws IOException {
        there.write(ByteBuffer.allocate(4).putInt(Wire.LARGEST + 1).flip());
        assertThatThrownBy(here::receive).isInstanceOf(IOException.class).hasMessageContaining("more than");
    }

    @Test
    void takesNoNegativeSize() throws IOException {
        there.write(ByteBuffer.allocate(4).putInt(-1).flip());
        assertThatThrownBy(here::receive).isInstanceOf(IOException.class);
    }

    @Test
    void takesNoFieldThatIsLongerThanItsMessage() throws IOException {
        there.write(ByteBuffer.allocate(12).putInt(8).putInt(1_000).putInt(0).flip());
        assertThatThrownBy(here::receive).isInstanceOf(IOException.class).hasMessageContaining("1000");
    }
}
