"""The one visual language: paper, ink, one accent per campaign; used by the site, the intake and the mailbox.

Holds the tokens and style sheets (style/), the frame and the forms (templates/), and what makes pages of them.
Invariant: a page carries its style inside and a policy that allows exactly that style; no script is needed, nothing is
loaded from elsewhere. It knows no campaign, no journal, no mail. Standards: HTML, WCAG 2.2 AA, CSP Level 3.

How a door makes a page:

    from standwith import look
    pages = look.environment(Path(__file__).parent / "templates")     # cached; its own folder first, then the look's
    html = look.render_page(pages.get_template("sign_again.html"), voice("ka"),
        title="…", masthead="Stand with Belarus", home="/ka/stand-with-belarus/", campaign="stand-with-belarus",
        accent="#a81f1f", editions=[("en", "/en/stand-with-belarus/"), …], errors={"email": "…"},
        form=look.SignForm(campaign="stand-with-belarus", text=digest, owner="ITUC"), values={"name": "Amina Example"})
    headers = look.security_headers(html)                             # policy, no-referrer, nosniff, no framing

and its template (the frame is described on top of templates/page.html, the forms on top of templates/form.html):

    {% extends "page.html" %}
    {% from "form.html" import sign_form, error_summary with context %}
    {% set sheets = ("form",) %}
    {% block main %}
    <div class="narrow"><h1>{{ t("Your signature has not been taken yet") }}</h1>
    {{ error_summary(errors) }}{{ sign_form(form, values, errors) }}</div>
    {% endblock %}

`form.html`: error_summary(errors), sign_form(form, values, errors), press_button(action, text),
code_form(campaign, values, errors); errors and values go by the names of the fields.
`look.consents(voice, form)` gives the consent boxes with the exact sentences shown, for their digests.
"""

from standwith.look.consent import Consent, SignForm, consents
from standwith.look.environment import environment, render_page
from standwith.look.style import security_headers

__all__ = ["Consent", "SignForm", "consents", "environment", "render_page", "security_headers"]
