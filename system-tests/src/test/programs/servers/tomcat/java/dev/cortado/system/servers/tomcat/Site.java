package dev.cortado.system.servers.tomcat;

import dev.cortado.system.servers.site.Pattern;
import dev.cortado.system.servers.site.Sum;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What all servers of this test have to offer, as a servlet. */
final class Site extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String query = request.getQueryString();
        switch (request.getRequestURI()) {
            case "/hello" -> text(response, "Hello from Tomcat\n");
            case "/echo" -> echo(request, response);
            case "/bytes" -> {
                response.setContentLengthLong(Long.parseLong(query));
                bytes(response, Integer.parseInt(query));
            }
            case "/chunked" -> bytes(response, Integer.parseInt(query));
            case "/sum" -> text(response, Sum.of(request.getInputStream()) + "\n");
            case "/error" -> throw new IllegalStateException("on purpose");
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void text(HttpServletResponse response, String text) throws IOException {
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void echo(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType(request.getContentType());
        if (request.getContentLengthLong() >= 0) {
            response.setContentLengthLong(request.getContentLengthLong());
        }
        request.getInputStream().transferTo(response.getOutputStream());
    }

    private static void bytes(HttpServletResponse response, int length) throws IOException {
        response.setContentType("application/octet-stream");
        Pattern.write(response.getOutputStream(), length);
    }
}
