package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Everything of the JDK that asks the machine when it is initialized: an image with it is built,
 * and in the guest it is initialized, whether it works there or not.
 */
final class ChannelInitializationTest {
    private static final Path NONE = Path.of("/none");

    /** One use of a class. */
    private interface Use {
        Object of() throws Exception;
    }

    @Test
    void anAsynchronousFileIsLookedFor() {
        NoSuchFileException error =
                assertThrows(NoSuchFileException.class, ChannelInitializationTest::readLater);
        assertEquals("/none", error.getMessage());
    }

    private static Object readLater() throws Exception {
        try (var channel = AsynchronousFileChannel.open(NONE, StandardOpenOption.READ)) {
            channel.read(ByteBuffer.allocate(1), channel.size()).get();
            return channel.lock().get();
        }
    }

    @TestFactory
    Stream<DynamicTest> initializers() {
        Guest.required();
        return Stream.of(
                test("AsynchronousServerSocketChannel", AsynchronousServerSocketChannel::open),
                test("AsynchronousSocketChannel", AsynchronousSocketChannel::open),
                test("DatagramChannel", DatagramChannel::open),
                test("ServerSocketChannel", ServerSocketChannel::open),
                test("SocketChannel", SocketChannel::open),
                test("Unix sockets", () -> SocketChannel.open(StandardProtocolFamily.UNIX)),
                test("Pipe", Pipe::open),
                test("Selector", Selector::open),
                test("FileChannel", ChannelInitializationTest::map),
                test("inherited channel", System::inheritedChannel),
                test("Socket", () -> new Socket("127.0.0.1", 1)),
                test("ServerSocket", () -> new ServerSocket(0)),
                test("DatagramSocket", DatagramSocket::new),
                test("MulticastSocket", () -> new MulticastSocket(0)),
                test("NetworkInterface", NetworkInterface::getNetworkInterfaces),
                test("InetAddress", () -> InetAddress.getByName("none.invalid")),
                test("ProxySelector", () -> ProxySelector.getDefault()),
                test("watch service", ChannelInitializationTest::watch),
                test("attributes", () -> Files.readAttributes(NONE, PosixFileAttributes.class)),
                test("file attributes", () -> Files.readAttributes(NONE, "unix:*")),
                test("file store", () -> Files.getFileStore(NONE)),
                test("links", () -> NONE.toRealPath(LinkOption.NOFOLLOW_LINKS)),
                test("file types", () -> Files.probeContentType(Path.of("a.txt"))),
                test("names of types", () -> URLConnection.guessContentTypeFromName("a.txt")),
                test("URL", () -> URI.create("file:///none").toURL().openStream()),
                test("HttpServer", () -> HttpServer.create(new InetSocketAddress(0), 0)),
                test("SimpleFileServer", () -> SimpleFileServer.createFileHandler(NONE)),
                test("HttpClient", ChannelInitializationTest::send));
    }

    private static DynamicTest test(String name, Use use) {
        return DynamicTest.dynamicTest(name, () -> initializes(use));
    }

    private static void initializes(Use use) {
        try {
            use.of();
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            throw new AssertionError("not initialized", e);
        } catch (Exception | UnsatisfiedLinkError e) {
            // It has not what it works with: the guest has no such file, network or native.
        }
    }

    private static Object watch() throws Exception {
        try (WatchService service = FileSystems.getDefault().newWatchService()) {
            return NONE.register(service, StandardWatchEventKinds.ENTRY_CREATE);
        }
    }

    private static Object map() throws Exception {
        try (FileChannel channel = FileChannel.open(NONE, StandardOpenOption.READ)) {
            channel.lock();
            channel.transferTo(0, 1, channel);
            return List.of(channel.map(FileChannel.MapMode.READ_ONLY, 0, 1));
        }
    }

    private static Object send() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/")).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
