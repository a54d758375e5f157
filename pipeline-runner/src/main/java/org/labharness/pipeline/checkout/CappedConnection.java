package org.labharness.pipeline.checkout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.checkout.CappedHttp.Wanted;

/** One question and its answer, as JGit asks them. What is asked is kept in memory until all of it is there: JGit asks little. */
final class CappedConnection implements HttpConnection {
    private static final Pattern OBJECT = Pattern.compile(".*/objects/[0-9a-f]{2}/[0-9a-f]{38}");
    private static final Pattern UNSAFE = Pattern.compile("[\\s\"<>\\\\^`{|}\\[\\]]|%(?![0-9a-fA-F]{2})");

    private final URL url;
    private final CappedHttp http;
    private final Map<String, String> asked = new LinkedHashMap<>();
    private final ByteArrayOutputStream question = new ByteArrayOutputStream();
    private String method = "GET";
    private @Nullable HttpResponse<InputStream> answer;

    CappedConnection(URL url, CappedHttp http) {
        this.url = url;
        this.http = http;
    }

    private HttpResponse<InputStream> answer() throws IOException {
        if (answer == null) {
            answer = ask();
        }
        return answer;
    }

    private HttpResponse<InputStream> ask() throws IOException {
        HttpRequest.Builder request = to(url).method(
                        method,
                        question.size() == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(question.toByteArray()));
        HttpResponse<InputStream> answered = http.send(with(asked, request).build());
        if (answered.statusCode() != HTTP_OK) {
            answered.body().close(); // nobody reads it
        }
        return answered;
    }

    private static HttpRequest.Builder with(Map<String, String> headers, HttpRequest.Builder request)
            throws ProtocolException {
        try {
            headers.forEach(request::setHeader);
            // What is packed to almost nothing is more than it seems.
            return request.setHeader("Accept-Encoding", "identity");
        } catch (IllegalArgumentException wrong) {
            throw (ProtocolException) new ProtocolException("no login that can be sent").initCause(wrong);
        }
    }

    /** An address as JGit made it of what people gave or a server named, in the letters that one may have. */
    private static HttpRequest.Builder to(URL url) throws MalformedURLException {
        String place = UNSAFE.matcher(url.getFile())
                .replaceAll(letter -> "%%%02X".formatted((int) letter.group().charAt(0)));
        if (url.getPort() > Location.LAST_PORT) {
            throw new MalformedURLException("no address of a server");
        }
        try {
            return HttpRequest.newBuilder(
                    new URI(new URI(url.getProtocol() + "://" + url.getAuthority() + place).toASCIIString()));
        } catch (URISyntaxException | IllegalArgumentException wrong) {
            throw (MalformedURLException) new MalformedURLException("no address of a server").initCause(wrong);
        }
    }

    @Override
    public void connect() throws IOException {
        answer();
    }

    @Override
    public int getResponseCode() throws IOException {
        return answer().statusCode();
    }

    /** Nothing: a status is told by its number. */
    @Override
    public String getResponseMessage() {
        return "";
    }

    @Override
    public InputStream getInputStream() throws IOException {
        String packed = getHeaderField("Content-Encoding");
        if (packed != null && !packed.equalsIgnoreCase("identity")) {
            throw new ProtocolException("a packed answer, which was not asked for");
        }
        return http.body(answer(), wanted());
    }

    /** By Git's protocol 2 branches are asked for at the same place as packs; by its oldest one, files are. */
    private Wanted wanted() throws IOException {
        if (!method.equals("GET")) {
            return question().contains("command=ls-refs") ? Wanted.LIST : Wanted.PACK;
        }
        String path = url.getPath();
        if (path.endsWith(".pack")) {
            return Wanted.PACK;
        }
        if (path.endsWith(".idx")) {
            return Wanted.INDEX;
        }
        return OBJECT.matcher(path).matches() ? Wanted.OBJECT : Wanted.LIST;
    }

    private String question() throws IOException {
        InputStream in = new ByteArrayInputStream(question.toByteArray());
        InputStream plain = asked.containsKey("Content-Encoding") ? new GZIPInputStream(in) : in;
        return new String(plain.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return answer == null ? Map.of() : answer.headers().map();
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return answer == null ? List.of() : answer.headers().allValues(name);
    }

    /** @return null also where it names a place that JGit cannot read */
    @Override
    public @Nullable String getHeaderField(String name) {
        List<String> values = getHeaderFields(name);
        return values.isEmpty() || (name.equals("Location") && !isPlace(values.getLast())) ? null : values.getLast();
    }

    private static boolean isPlace(String text) {
        try {
            URIish unused = new URIish(text);
            return true;
        } catch (URISyntaxException | NumberFormatException none) {
            return false;
        }
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField("Content-Type");
    }

    /** Unknown: JGit would make room for it. */
    @Override
    public int getContentLength() {
        return -1;
    }

    @Override
    public OutputStream getOutputStream() {
        return question;
    }

    @Override
    public URL getURL() {
        return url;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public void setRequestMethod(String method) {
        this.method = method;
    }

    @Override
    public void setRequestProperty(String name, String value) {
        asked.put(name, value);
    }

    /** Each wait ends as that of all connections does. */
    @Override
    public void setReadTimeout(int milliseconds) {}

    @Override
    public void setConnectTimeout(int milliseconds) {}

    @Override
    public void setUseCaches(boolean use) {}

    @Override
    public void setInstanceFollowRedirects(boolean follow) {}

    @Override
    public void setDoOutput(boolean output) {}

    @Override
    public void setFixedLengthStreamingMode(int length) {}

    @Override
    public void setChunkedStreamingMode(int length) {}

    @Override
    public boolean usingProxy() {
        return false;
    }

    @Override
    public void configure(KeyManager[] keys, TrustManager[] trust, SecureRandom random) throws KeyManagementException {
        throw new KeyManagementException("certificates are judged as the process is told to");
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) throws KeyManagementException {
        throw new KeyManagementException("names of hosts are judged as the process is told to");
    }
}
