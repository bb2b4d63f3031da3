/** Tells the caller who it is, and what it sent. */
module.exports.handler = async (event) => ({
  statusCode: 200,
  body: JSON.stringify({
    identity: event.requestContext.identity,
    iam: event.requestContext.authorizer?.iam,
    body: event.body,
  }),
});
