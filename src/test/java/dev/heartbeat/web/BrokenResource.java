package dev.heartbeat.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A resource that goes wrong in every way: how does that look from outside? */
@Path("/broken")
@Produces(MediaType.TEXT_PLAIN)
public class BrokenResource {
    @GET
    public String fails() {
        throw new IllegalStateException("secret inner words");
    }

    @GET
    @Path("refused")
    public String refuses() {
        throw new WebApplicationException(Response.Status.GONE);
    }

    @GET
    @Path("worded")
    public String refusesInItsOwnWords() {
        throw new WebApplicationException(Response.status(404).entity("own words").type(MediaType.TEXT_PLAIN).build());
    }

    @POST
    @Path("post")
    public String taken() {
        return "taken";
    }
}
